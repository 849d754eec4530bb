import { describe, expect, it } from 'vitest';
import { GraphError, readDocument, readParsed, writeDocument } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';

function refusal(text: string): string | undefined {
  try {
    readDocument(text, catalogue);
  } catch (error) {
    if (error instanceof GraphError) return error.message;
    throw error;
  }
  return undefined;
}

const file = (parts: object) => ({ format: 'gradwire', version: 1, ...parts });

describe('a document that others made', () => {
  it('is refused with a sentence where it is nested beyond all bounds', () => {
    const depth = 100_000;
    const view = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const value = `${'['.repeat(depth)}1${']'.repeat(depth)}`;
    const sentence = 'This file is damaged: its lists are nested more than 200 deep.';
    expect(refusal(`{"format":"gradwire","version":1,"view":${view}}`)).toBe(sentence);
    expect(
      refusal(
        `{"format":"gradwire","version":1,"nodes":[{"id":"c","op":"constant","attrs":{"value":${value}}}]}`,
      ),
    ).toBe(sentence);
    expect(refusal(value)).toBe(sentence);
    expect(refusal('['.repeat(depth))).toBe(sentence);
    const quoted = `{"format":"gradwire","version":1,"title":"\\"${'['.repeat(depth)}"}`;
    expect(refusal(quoted)).toBeUndefined();
  });

  it('is refused where it has more than can be shown, before its parts are read', () => {
    const limits = { nodes: 2, wires: 10, frames: 10, notes: 10 };
    expect(() => readParsed(product.file, catalogue, limits)).toThrow(
      'This document has 5 nodes; up to 2 can be shown here.',
    );
    const many = file({ nodes: Array.from({ length: 1_000_000 }, () => 17) });
    expect(() => readParsed(many, catalogue, limits)).toThrow('has 1,000,000 nodes');
    expect(readParsed(product.file, catalogue).document.nodes).toHaveLength(5);
  });

  it('has its endless names shortened and its lost nodes brought back, with a report', () => {
    const long = 'x'.repeat(5_000_000);
    const { document, repairs } = readParsed(
      file({
        title: long,
        nodes: [
          { id: 'a', op: 'input', label: long, position: { x: 1e308, y: -1e308 } },
          { id: 'b', op: 'neg' },
        ],
        wires: [
          { id: 'w', from: { node: 'a', port: 'out' }, to: { node: 'b', port: 'x' }, name: long },
        ],
        notes: [{ id: 'n', text: 'far', position: { x: -1e300, y: 0 }, width: 200 }],
      }),
      catalogue,
    );
    expect(repairs.map(({ message }) => message)).toEqual([
      'The title had 5,000,000 characters and was shortened.',
      'The label of “a” had 5,000,000 characters and was shortened.',
      'The node “a” lay too far out and was brought back.',
      'The name of “w” had 5,000,000 characters and was shortened.',
      'The note “n” lay too far out and was brought back.',
    ]);
    expect(document.nodes[0]).toMatchObject({ position: { x: 1e6, y: -1e6 } });
    expect(writeDocument(document, catalogue).length).toBeLessThan(5_000);
  });

  it('is told of in a short sentence, whatever stands in it', () => {
    const attrs = Object.fromEntries(Array.from({ length: 1e5 }, (_, at) => [`k${at}`, 1]));
    const { repairs } = readParsed(
      file({
        nodes: [
          { id: 'a', op: 'input', attrs },
          { id: 'b', op: 'o'.repeat(1e6) },
        ],
      }),
      catalogue,
    );
    expect(repairs).toHaveLength(2);
    for (const { message } of repairs) expect(message.length).toBeLessThanOrEqual(400);
  });

  it('is refused where its objects have more entries than can be read', () => {
    const names = Array.from({ length: 5_000_001 }, (_, at) => `"${at}":1`);
    expect(refusal(`{"format":"gradwire","version":1,"view":{${names.join()}}}`)).toBe(
      'This document has 5,000,004 entries; up to 5,000,000 are read.',
    );
  });

  it('has names of prototypes for plain names', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    const text = `{"format":"gradwire","version":1,"__proto__":{"polluted":1},"nodes":[${names
      .map((id) => `{"id":"${id}","op":"input","attrs":{"__proto__":{"polluted":1},"value":2}}`)
      .join()},{"id":"n","op":"neg"},{"id":"bad","op":"__proto__"}],"wires":[${names
      .map(
        (id) =>
          `{"id":"${id}","from":{"node":"${id}","port":"out"},"to":{"node":"n","port":"${id}"}}`,
      )
      .join()},{"id":"w","from":{"node":"__proto__","port":"out"},"to":{"node":"n","port":"x"}}],"loss":{"node":"__proto__"},"frames":[{"id":"__proto__","title":"f","nodes":["__proto__"]}]}`;
    const { document } = readDocument(text, catalogue);
    expect(document.wires.map(({ id }) => id)).toContain('w');
    expect(document.loss?.node).toBe('__proto__');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const again = readDocument(writeDocument(document, catalogue), catalogue);
    expect(again.document).toEqual(document);
  });
});

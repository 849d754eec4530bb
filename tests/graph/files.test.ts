import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentVersion, GraphError, readDocument, readParsed, writeDocument } from '#graph';
import { lessons, product } from '#lessons';
import { catalogue } from '#ops';
import { graphCases } from '../support/goldens.ts';

function codeOf(text: string): string | undefined {
  try {
    readDocument(text, catalogue);
  } catch (error) {
    if (error instanceof GraphError) return error.code;
    throw error;
  }
  return undefined;
}

const sound = JSON.stringify(product.file);

describe('reading a document', () => {
  it('tells an empty, a truncated and a foreign file apart', () => {
    expect(codeOf('')).toBe('not-json');
    expect(codeOf(sound.slice(0, 300))).toBe('not-json');
    expect(codeOf('[1, 2]')).toBe('not-a-document');
    expect(codeOf('{"format": "gradwire"}')).toBe('not-a-document');
    expect(codeOf('null')).toBe('not-a-document');
  });

  it('takes null for what is absent', () => {
    const { document, repairs } = readParsed({ ...product.file, loss: null }, catalogue);
    expect(repairs).toEqual([]);
    expect(document.loss).toBeUndefined();
  });

  it('refuses a newer version as a whole, naming both versions', () => {
    const newer = { ...product.file, version: currentVersion + 1 };
    expect(() => readParsed(newer, catalogue)).toThrow(
      `format version ${currentVersion + 1}; this program reads versions up to ${currentVersion}`,
    );
  });

  it('leaves out what is damaged and reports each part', () => {
    const file = JSON.parse(sound);
    file.nodes.push({ id: 'x', op: 'neg' }, { id: 'q', op: 'teleport' }, 17);
    file.nodes.push({ id: 'bad', op: 'relu', attrs: { atZero: 0.5 } });
    file.wires.push(
      { id: 'wx', from: { node: 'x', port: 'out' }, to: { node: 'mul', port: 'c' } },
      { id: 'loose', from: { node: 'x', port: 'out' }, to: { node: 'nobody', port: 'a' } },
      { id: 'twice', from: { node: 'z', port: 'out' }, to: { node: 'add', port: 'a' } },
      { id: 'cycle', from: { node: 'mul', port: 'out' }, to: { node: 'add', port: 'c' } },
    );
    file.training = { optimizer: 'magic' };
    const { document, repairs } = readParsed(file, catalogue);
    expect(document.nodes.map(({ id }) => id)).toEqual(['x', 'y', 'z', 'add', 'mul']);
    expect(document.wires.map(({ id }) => id)).toEqual(['wx', 'wy', 'ww', 'wz']);
    expect(repairs.map(({ message }) => message)).toEqual([
      'A second node “x” was left out.',
      expect.stringMatching(/“q” has the operation “teleport”/),
      expect.stringMatching(/^Node number 8 was left out/),
      expect.stringMatching(/“bad” \(ReLU\), atZero.*left out/),
      expect.stringMatching(/wire “wx” was left out: there is another/),
      expect.stringMatching(/ends at “nobody”/),
      expect.stringMatching(/“twice” was left out: its input has a wire already/),
      'The wire “cycle” was left out: it closes a cycle.',
      expect.stringMatching(/^The training block was left out/),
    ]);
  });

  it('opens a cycle of thousands of nodes at its last wire, without a wait', () => {
    const count = 5_000;
    const nodes = Array.from({ length: count }, (_, at) => ({ id: `n${at}`, op: 'identity' }));
    const wires = nodes.map(({ id }, at) => ({
      id: `w${at}`,
      from: { node: id, port: 'out' },
      to: { node: `n${(at + 1) % count}`, port: 'x' },
    }));
    const file = { format: 'gradwire', version: 1, nodes, wires };
    const before = performance.now();
    const { document, repairs } = readParsed(file, catalogue);
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(document.wires).toHaveLength(count - 1);
    expect(repairs.map(({ message }) => message)).toEqual([
      'The wire “w4999” was left out: it closes a cycle.',
    ]);
  });

  it('never throws anything but a sentence, whatever the text', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(sound.length), (json, at) => {
        for (const text of [json, sound.slice(0, at) + json + sound.slice(at)]) codeOf(text);
      }),
      { numRuns: 300 },
    );
  });

  it('does not let a document reach into prototypes', () => {
    const file = sound.replace('"title"', '"__proto__": {"polluted": true}, "title"');
    readDocument(file, catalogue);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('writing a document', () => {
  const files = [
    ...lessons.map(({ file }) => file),
    ...graphCases().map(({ document }) => document),
  ];

  it('gives what was read, to the byte, for every example and golden graph', () => {
    for (const file of files) {
      const { document, repairs } = readParsed(file, catalogue);
      if (repairs.some(({ code }) => code === 'unknown-operation')) continue;
      expect(repairs).toEqual([]);
      const text = writeDocument(document, catalogue);
      const again = readDocument(text, catalogue).document;
      expect(again).toEqual(document);
      expect(writeDocument(again, catalogue)).toBe(text);
    }
  });

  it('packs big values that float32 holds, and keeps others to the last bit', () => {
    const read = (value: number[]) =>
      readParsed(
        {
          ...product.file,
          nodes: [{ id: 'p', op: 'parameter', attrs: { shape: [value.length], value } }],
          wires: [],
          loss: undefined,
        },
        catalogue,
      ).document;
    const coarse = read(Array.from({ length: 300 }, (_, i) => Math.fround(i / 7)));
    const fine = read(Array.from({ length: 300 }, (_, i) => i / 7));
    expect(writeDocument(coarse, catalogue)).toContain('"float32":"');
    expect(writeDocument(fine, catalogue)).not.toContain('float32');
    for (const document of [coarse, fine]) {
      expect(readDocument(writeDocument(document, catalogue), catalogue).document).toEqual(
        document,
      );
    }
  });

  it('writes infinities and NaN as words, and reads them back', () => {
    const file = {
      ...product.file,
      nodes: [
        { id: 'c', op: 'constant', attrs: { shape: [3], value: ['NaN', 'Infinity', '-Infinity'] } },
      ],
      wires: [],
      loss: undefined,
    };
    const { document } = readParsed(file, catalogue);
    expect(writeDocument(document, catalogue)).toContain('["NaN","Infinity","-Infinity"]');
  });
});

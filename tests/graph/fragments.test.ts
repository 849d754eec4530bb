import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  collapseRefusal,
  emptyDocument,
  expandNode,
  type Fragment,
  fragmentOf,
  type GraphDocument,
  GraphError,
  insertFragment,
  nodeId,
  openEditor,
  type Position,
  readDocument,
  readFragment,
  readParsed,
  shiftBeside,
  shiftTo,
  transact,
  undo,
  uniqueNames,
  writeDocument,
  writeFragment,
} from '#graph';
import { lessons, product } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { graphSeeds, randomGraph } from '../support/random-graphs.ts';

const first = readParsed(product.file, catalogue).document;

function inserted(
  document: GraphDocument,
  fragment: Fragment,
  options: Partial<Parameters<typeof insertFragment>[3]> = {},
): GraphDocument {
  const { edits } = insertFragment(document, catalogue, fragment, {
    shift: { x: 40, y: 40 },
    ...options,
  });
  return edits.reduce((doc, edit) => applyEdit(doc, edit, catalogue), document);
}

const part = (...ids: string[]) => fragmentOf(first, new Set(ids.map(nodeId)));

function reading(text: string): string {
  try {
    readFragment(text, catalogue);
  } catch (error) {
    if (error instanceof GraphError) return error.message;
    throw error;
  }
  return 'read';
}

describe('a fragment', () => {
  it('holds the wires between its nodes, and names those that entered it', () => {
    const { graph, incoming } = part('x', 'add');
    expect(graph.nodes.map(({ id }) => id)).toEqual(['x', 'add']);
    expect(graph.wires.map(({ id }) => id)).toEqual(['wx']);
    expect(incoming.map(({ wire, op }) => [wire.id, op])).toEqual([['wy', 'input']]);
    expect(graph.loss).toBeUndefined();
    expect(part('mul').graph.loss).toEqual({ node: 'mul', seed: 1 });
  });

  it('is the same after writing and reading', () => {
    for (const fragment of [part('x', 'add'), part('x', 'y', 'z', 'add', 'mul')]) {
      const text = writeFragment(fragment, catalogue);
      expect(readFragment(text, catalogue)).toEqual({ fragment, repairs: [] });
    }
  });

  it('of every worked example is the same after writing and reading', () => {
    for (const lesson of lessons) {
      const { document } = readParsed(lesson.file, catalogue);
      const fragment = fragmentOf(document, new Set(document.nodes.map(({ id }) => id)));
      const text = writeFragment(fragment, catalogue);
      expect(readFragment(text, catalogue)).toEqual({ fragment, repairs: [] });
    }
  });

  it('can be a whole document as text', () => {
    const { fragment } = readFragment(writeDocument(first, catalogue), catalogue);
    const grown = inserted(first, fragment);
    expect(grown.nodes).toHaveLength(10);
    expect(grown.wires).toHaveLength(8);
    expect(grown.loss).toEqual(first.loss);
    expect(inserted(emptyDocument(''), fragment).loss).toEqual(first.loss);
  });
});

describe('inserting a fragment', () => {
  it('gives ids and names that are still free, and leaves the values', () => {
    const { nodes, wires } = inserted(first, part('x', 'y', 'add'));
    expect(nodes.slice(5).map(({ id, label }) => [id, label])).toEqual([
      ['x2', 'x2'],
      ['y2', 'y2'],
      ['add2', `${first.nodes[3]?.label}2`],
    ]);
    expect(nodes[5]?.attrs).toEqual(first.nodes[0]?.attrs);
    expect(wires.slice(4).map(({ from, to }) => [from.node, to.node, to.port])).toEqual([
      ['x2', 'add2', 'a'],
      ['y2', 'add2', 'b'],
    ]);
  });

  it('moves it by the shift, in whole units, and never off the canvas', () => {
    const { graph, incoming } = part('x');
    const [x] = graph.nodes;
    if (!x) throw new Error('x is missing');
    const far = { ...graph, nodes: [{ ...x, position: { x: 1.7e308, y: -1.7e308 } }] };
    const shift = { x: 1.7e308, y: 0.4 };
    const { nodes } = inserted(first, { graph: far, incoming }, { shift });
    expect(nodes.at(-1)?.position).toEqual({ x: 1e6, y: -1e6 });
  });

  it('leads the incoming wires to it again where asked, from the same node only', () => {
    const plain = inserted(first, part('add'));
    expect(plain.wires).toHaveLength(4);
    const kept = inserted(first, part('add'), { keepIncoming: true });
    expect(kept.wires.slice(4).map(({ from, to }) => [from.node, to.node, to.port])).toEqual([
      ['x', 'add2', 'a'],
      ['y', 'add2', 'b'],
    ]);
    const elsewhere = readParsed(
      { format: 'gradwire', version: 1, nodes: [{ id: 'x', op: 'relu' }] },
      catalogue,
    ).document;
    const options = { shift: { x: 0, y: 0 }, keepIncoming: true };
    const strange = insertFragment(elsewhere, catalogue, part('add'), options);
    expect(strange.lost).toBe(2);
    expect(inserted(elsewhere, part('add'), options).wires).toEqual([]);
  });

  it('takes whole frames along, and an expanded operation can still be collapsed', () => {
    const { document } = readParsed(
      {
        format: 'gradwire',
        version: 1,
        nodes: [
          { id: 'x', op: 'input', label: 'x', attrs: { value: 1 } },
          { id: 's', op: 'sigmoid', label: 's', position: { x: 200, y: 0 } },
        ],
        wires: [{ id: 'w', from: { node: 'x', port: 'out' }, to: { node: 's', port: 'x' } }],
      },
      catalogue,
    );
    const expanded = expandNode(document, catalogue, nodeId('s')).edits.reduce(
      (doc, edit) => applyEdit(doc, edit, catalogue),
      document,
    );
    const all = fragmentOf(expanded, new Set(expanded.nodes.map(({ id }) => id)));
    const { fragment } = readFragment(writeFragment(all, catalogue), catalogue);
    const grown = inserted(expanded, fragment);
    expect(grown.frames).toHaveLength(2);
    for (const { id } of grown.frames) {
      expect(collapseRefusal(grown, catalogue, id)).toBeNull();
    }
    const some = fragmentOf(expanded, new Set(expanded.nodes.slice(0, 2).map(({ id }) => id)));
    expect(some.graph.frames).toEqual([]);
  });

  it('computes the same numbers in the copy, and undo leads back to the very text', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const document = randomGraph(seed);
        const all = fragmentOf(document, new Set(document.nodes.map(({ id }) => id)));
        const { fragment } = readFragment(writeFragment(all, catalogue), catalogue);
        const { edits, nodes } = insertFragment(document, catalogue, fragment, {
          shift: { x: 300, y: 0 },
        });
        const before = openEditor(document);
        const after = transact(before, { label: 'Paste', edits }, catalogue);
        const values = trace(after.document, catalogue).nodes;
        document.nodes.forEach(({ id }, at) => {
          const copy = nodes[at] ?? id;
          expect(copy).not.toBe(id);
          expect(values.get(copy)?.value).toEqual(values.get(id)?.value);
        });
        const text = writeDocument(after.document, catalogue);
        expect(readDocument(text, catalogue).repairs).toEqual([]);
        expect(writeDocument(undo(after).document, catalogue)).toBe(
          writeDocument(document, catalogue),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('names for copies', () => {
  it('count on from the number at their end', () => {
    const free = uniqueNames(['x', 'W1', 'h₂', '7']);
    expect(['y', 'x', 'x', 'W1', 'h₂', 'h₂', '7', '7'].map(free)).toEqual([
      'y',
      'x2',
      'x3',
      'W2',
      'h₃',
      'h₄',
      '72',
      '73',
    ]);
  });

  it('are all different, whatever was taken', () => {
    const name = fc.stringMatching(/^[ab₂]?[0-9]{0,2}$/);
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (taken, wanted) => {
        const free = uniqueNames(taken);
        const given = wanted.map(free);
        expect(new Set([...taken, ...given]).size).toBe(new Set(taken).size + given.length);
      }),
    );
  });
});

describe('the place of a copy', () => {
  const covers = (a: Position, b: Position, width: number, height: number) =>
    Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < height;

  it('covers nothing, however often it is pasted', () => {
    let document = first;
    const fragment = part('x', 'y', 'add');
    for (let times = 0; times < 6; times++) {
      const grown = inserted(document, fragment, { shift: shiftBeside(document, fragment) });
      for (const { position } of grown.nodes.slice(document.nodes.length)) {
        for (const other of document.nodes) {
          expect(covers(position, other.position, 110, 90)).toBe(false);
        }
      }
      document = grown;
    }
  });

  it('is where it was asked for, and a little further each time', () => {
    const one = part('x');
    const middle = { x: 1000, y: 500 };
    let document = first;
    for (let times = 0; times < 3; times++) {
      document = inserted(document, one, { shift: shiftTo(document, one, middle) });
    }
    const [a, b, c] = document.nodes.slice(5).map(({ position }) => position);
    expect(a).toEqual({ x: 942, y: 450 });
    expect(b).toEqual({ x: 982, y: 490 });
    expect(c).toEqual({ x: 1022, y: 530 });
  });
});

describe('text from elsewhere', () => {
  const sound = writeFragment(part('x', 'add'), catalogue);

  it.each([
    ['nothing', '', /no part of a Gradwire graph/],
    ['prose', 'Dear all, {this} is no graph', /no part of a Gradwire graph/],
    ['a number', '42', /no part of a Gradwire graph/],
    ['another program’s JSON', '{"nodes": [], "format": "other"}', /no part of a Gradwire graph/],
    ['broken JSON', '{"nodes": [', /no part of a Gradwire graph/],
    ['a fragment cut off', sound.slice(0, 120), /not complete, valid JSON/],
    ['a newer version', sound.replace('"version": 1', '"version": 99'), /version 99.*up to 1/],
    ['no version', '{"format": "gradwire", "nodes": []}', /does not say its version/],
    ['no nodes', '{"format": "gradwire", "version": 1, "nodes": []}', /is empty/],
    [
      'only damage',
      '{"format": "gradwire", "version": 1, "nodes": [{"id": "q", "op": "teleport"}]}',
      /damaged: .*“teleport”/,
    ],
    ['deep nesting', `{"format":"gradwire","version":1,"notes":${'['.repeat(1e6)}`, /too deeply/],
    ['a huge text', ' '.repeat(25_000_001), /too large/],
  ])('is refused with one sentence: %s', (_, text, sentence) => {
    expect(reading(text)).toMatch(sentence);
  });

  it('is refused where it has more nodes than anybody copies', () => {
    const nodes = Array.from({ length: 20_001 }, (_, at) => ({ id: `n${at}`, op: 'relu' }));
    const text = JSON.stringify({ format: 'gradwire', version: 1, nodes });
    expect(reading(text)).toMatch(/20001 nodes/);
  });

  it('cannot reach an object’s prototype', () => {
    const text = `{"format": "gradwire-fragment", "version": 1, "__proto__": {"polluted": 1},
      "constructor": {"prototype": {"polluted": 1}},
      "nodes": [{"id": "__proto__", "op": "input", "label": "constructor", "attrs": {"value": 2}},
        {"id": "n", "op": "neg", "attrs": {"__proto__": {"polluted": 1}}},
        {"id": "toString", "op": "relu"}],
      "wires": [{"id": "__proto__", "from": {"node": "__proto__", "port": "out"}, "to": {"node": "toString", "port": "x"}}],
      "frames": [{"id": "__proto__", "title": "f", "nodes": ["toString"], "__proto__": {"polluted": 1}}],
      "incoming": [{"id": "i", "from": {"node": "__proto__", "port": "out"}, "to": {"node": "n", "port": "__proto__"}, "op": "constructor"}]}`;
    const { fragment } = readFragment(text, catalogue);
    const grown = inserted(first, fragment, { keepIncoming: true });
    expect('polluted' in {}).toBe(false);
    expect(grown.nodes.length).toBeGreaterThan(first.nodes.length);
    const again = readDocument(writeDocument(grown, catalogue), catalogue);
    expect(again.repairs).toEqual([]);
    expect(again.document.nodes).toEqual(grown.nodes);
  });

  it('leaves out what is damaged and inserts the rest', () => {
    const text = `{"format": "gradwire-fragment", "version": 1, "nodes": [
      {"id": "a", "op": "input"}, {"id": "b", "op": "teleport"}],
      "wires": [{"id": "w", "from": {"node": "a", "port": "out"}, "to": {"node": "b", "port": "x"}}],
      "incoming": [7, {"id": "i", "op": "input", "from": {"node": "x", "port": "out"}, "to": {"node": "b", "port": "x"}}]}`;
    const { fragment, repairs } = readFragment(text, catalogue);
    expect(fragment.graph.nodes.map(({ id }) => id)).toEqual(['a']);
    expect(fragment.incoming).toEqual([]);
    expect(repairs).toHaveLength(2);
  });

  it('never throws anything but a sentence, whatever is made of a fragment', () => {
    fc.assert(
      fc.property(fc.nat(sound.length), fc.nat(40), fc.string(), (start, length, middle) => {
        const text = sound.slice(0, start) + middle + sound.slice(start + length);
        expect(reading(text)).toMatch(/\S/);
      }),
      { numRuns: 400 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  along,
  applyEdit,
  type Edit,
  type GraphDocument,
  GraphError,
  insertOnWire,
  nodeId,
  openEditor,
  reaches,
  readDocument,
  readParsed,
  reconnect,
  removeReconnecting,
  transact,
  undo,
  wireId,
  writeDocument,
} from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { graphSeeds, randomGraph } from '../support/random-graphs.ts';

const first = readParsed(product.file, catalogue).document;

type Sketch = readonly [id: string, op: string, attrs?: object];

function graph(nodes: readonly Sketch[], wires: readonly string[]): GraphDocument {
  return readParsed(
    {
      format: 'gradwire',
      version: 1,
      nodes: nodes.map(([id, op, attrs = {}]) => ({ id, op, label: id, attrs })),
      wires: wires.map((text) => {
        const [from, to, port] = text.split(/[>.]/);
        return { id: text, from: { node: from, port: 'out' }, to: { node: to, port } };
      }),
    },
    catalogue,
  ).document;
}

function apply(document: GraphDocument, edits: readonly Edit[]): GraphDocument {
  return edits.reduce((doc, edit) => applyEdit(doc, edit, catalogue), document);
}

/** Applies what was allowed; throws the refusal otherwise. */
function done(document: GraphDocument, edits: readonly Edit[] | GraphError): GraphDocument {
  if (edits instanceof GraphError) throw edits;
  return apply(document, edits);
}

const ends = ({ wires }: GraphDocument) =>
  wires.map(({ from, to }) => `${from.node}>${to.node}.${to.port}`);
const end = (node: string, port: string) => ({ node: nodeId(node), port });

describe('reconnecting a wire', () => {
  it('leads it to another input, under the same id and name and in the same place', () => {
    const led = reconnect(first, catalogue, wireId('ww'), {
      from: end('add', 'out'),
      to: end('mul', 'c'),
    });
    const after = done(first, led);
    expect(after.wires.map(({ id }) => id)).toEqual(first.wires.map(({ id }) => id));
    expect(after.wires[2]).toEqual({ ...first.wires[2], to: end('mul', 'c') });
  });

  it('replaces the wire that entered the new port', () => {
    const led = reconnect(first, catalogue, wireId('wx'), {
      from: end('x', 'out'),
      to: end('add', 'b'),
    });
    expect(ends(done(first, led))).toEqual(['x>add.b', 'add>mul.a', 'z>mul.b']);
  });

  it('refuses a cycle, a port that is not there, and shapes that do not fit', () => {
    const lead = (to: ReturnType<typeof end>) =>
      reconnect(first, catalogue, wireId('wz'), { from: end('mul', 'out'), to });
    expect(lead(end('add', 'a'))).toMatchObject({ code: 'cycle' });
    expect(lead(end('add', 'nowhere'))).toMatchObject({ code: 'bad-edit' });
    const shapes = graph(
      [
        ['x', 'input', { shape: [2] }],
        ['y', 'input', { shape: [3] }],
        ['z', 'input', { shape: [3] }],
        ['s', 'add'],
        ['r', 'relu'],
      ],
      ['y>s.a', 'z>s.b', 'x>r.x'],
    );
    const misfit = reconnect(shapes, catalogue, wireId('x>r.x'), {
      from: end('x', 'out'),
      to: end('s', 'b'),
    });
    expect(misfit).toMatchObject({ code: 'shape' });
  });
});

describe('inserting a node on a wire', () => {
  const withRelu = apply(first, [
    {
      type: 'addNode',
      node: { id: nodeId('r'), op: 'relu', label: 'r', attrs: {}, position: { x: 0, y: 0 } },
    },
  ]);

  it('leads the wire into it, under its own id and name, and on from there', () => {
    const after = done(withRelu, insertOnWire(withRelu, catalogue, nodeId('r'), wireId('ww')));
    expect(ends(after)).toEqual(['x>add.a', 'y>add.b', 'add>r.x', 'z>mul.b', 'r>mul.a']);
    expect(after.wires[2]?.id).toBe('ww');
    expect(after.wires[2]?.name).toBe(first.wires[2]?.name);
  });

  it('takes the first free input of a node that has some', () => {
    const scaled = graph(
      [
        ['x', 'input'],
        ['k', 'constant'],
        ['n', 'neg'],
        ['m', 'mul'],
      ],
      ['x>n.x', 'k>m.a'],
    );
    const after = done(scaled, insertOnWire(scaled, catalogue, nodeId('m'), wireId('x>n.x')));
    expect(ends(after)).toEqual(['x>m.b', 'k>m.a', 'm>n.x']);
  });

  it('refuses a source, an end of the wire, a node that leads somewhere, and shapes that do not fit', () => {
    const on = (document: GraphDocument, id: string, wire: string) =>
      insertOnWire(document, catalogue, nodeId(id), wireId(wire));
    expect(on(first, 'mul', 'ww')).toMatchObject({ code: 'cycle' });
    expect(on(first, 'x', 'wz')).toMatchObject({ code: 'bad-edit' });
    const source = apply(first, [
      {
        type: 'addNode',
        node: { id: nodeId('k'), op: 'constant', label: '', attrs: {}, position: { x: 0, y: 0 } },
      },
    ]);
    expect(on(source, 'k', 'wz')).toMatchObject({
      message: '“k” has no free input for this wire.',
    });
    const vectors = graph(
      [
        ['x', 'input', { shape: [3] }],
        ['y', 'input', { shape: [3] }],
        ['s', 'dot'],
        ['m', 'mean'],
        ['n', 'norm'],
      ],
      ['x>s.a', 'y>s.b'],
    );
    expect(on(vectors, 'm', 'x>s.a')).toMatchObject({ code: 'shape' });
  });
});

describe('removing a node and leading its wires past it', () => {
  const remove = (document: GraphDocument, ...ids: string[]) =>
    removeReconnecting(document, catalogue, new Set(ids.map(nodeId)));

  const chain = graph(
    [
      ['x', 'input', { shape: [3] }],
      ['w', 'parameter', { shape: [3] }],
      ['p', 'mul'],
      ['r', 'relu'],
      ['t', 'tanh'],
      ['e', 'exp'],
      ['l', 'sum'],
    ],
    ['x>p.a', 'w>p.b', 'p>r.x', 'r>t.x', 'r>e.x', 't>l.x'],
  );

  it('wires its source to each of its consumers', () => {
    const after = apply(chain, remove(chain, 'r').edits);
    expect(ends(after)).toEqual(['x>p.a', 'w>p.b', 'p>t.x', 'p>e.x', 't>l.x']);
  });

  it('takes the input that is neither a parameter nor a constant where there are several', () => {
    expect(ends(apply(chain, remove(chain, 'p').edits))).toEqual([
      'x>r.x',
      'r>t.x',
      'r>e.x',
      't>l.x',
    ]);
    expect(ends(apply(first, remove(first, 'add').edits))).toEqual(['z>mul.b']);
  });

  it('follows through several that go at once', () => {
    const after = apply(chain, remove(chain, 'p', 'r', 't').edits);
    expect(ends(after)).toEqual(['x>e.x', 'x>l.x']);
  });

  it('leaves open what would not fit, and says why', () => {
    const changed = graph(
      [
        ['x', 'input', { shape: [2, 3] }],
        ['c', 'input', { shape: [3] }],
        ['s', 'sum', { axes: [0] }],
        ['d', 'dot'],
      ],
      ['x>s.x', 's>d.a', 'c>d.b'],
    );
    const { edits, refusals } = remove(changed, 's');
    expect(ends(apply(changed, edits))).toEqual(['c>d.b']);
    expect(refusals.map(({ code }) => code)).toEqual(['shape']);
  });
});

describe('upstream and downstream', () => {
  it('are what a node depends on, and what depends on it', () => {
    const from = (id: string, way: 'upstream' | 'downstream') =>
      [...along(first, [nodeId(id)], way)].sort();
    expect(from('add', 'upstream')).toEqual(['add', 'x', 'y']);
    expect(from('x', 'downstream')).toEqual(['add', 'mul', 'x']);
    expect(from('x', 'upstream')).toEqual(['x']);
  });

  it('agree with what can be reached, on random graphs', () => {
    fc.assert(
      fc.property(graphSeeds, fc.nat(), (seed, pick) => {
        const document = randomGraph(seed);
        const start = document.nodes[pick % document.nodes.length]?.id ?? nodeId('');
        const [up, down] = [
          along(document, [start], 'upstream'),
          along(document, [start], 'downstream'),
        ];
        for (const { id } of document.nodes) {
          expect(up.has(id)).toBe(reaches(document, id, start));
          expect(down.has(id)).toBe(reaches(document, start, id));
        }
      }),
      { numRuns: 50 },
    );
  });
});

it('every change of wiring keeps the invariants, and undo leads back to the very text', () => {
  fc.assert(
    fc.property(graphSeeds, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat())), (seed, picks) => {
      const start = openEditor(randomGraph(seed));
      let editor = start;
      let steps = 0;
      for (const [kind, one, other] of picks) {
        const { document } = editor;
        const node = document.nodes[one % document.nodes.length];
        const wire = document.wires[other % Math.max(1, document.wires.length)];
        if (!node || !wire) break;
        const attempts = [
          () => insertOnWire(document, catalogue, node.id, wire.id),
          () => removeReconnecting(document, catalogue, new Set([node.id])).edits,
          () =>
            reconnect(document, catalogue, wire.id, {
              from: end(node.id, 'out'),
              to: wire.to,
            }),
        ];
        const edits = attempts[kind % 3]?.() ?? [];
        if (edits instanceof GraphError) continue;
        editor = transact(editor, { label: 'wiring', edits }, catalogue);
        steps++;
      }
      const text = writeDocument(editor.document, catalogue);
      expect(readDocument(text, catalogue).repairs).toEqual([]);
      for (; steps > 0; steps--) editor = undo(editor);
      expect(editor.document).toBe(start.document);
    }),
    { numRuns: 60 },
  );
});

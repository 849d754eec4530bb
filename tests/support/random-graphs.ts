import fc from 'fast-check';
import {
  applyEdit,
  type Edit,
  emptyDocument,
  type GraphDocument,
  inferForms,
  type NodeId,
  nodeId,
  wireId,
} from '#graph';
import { catalogue } from '#ops';
import { type NdArray, type Random, seededRandom, sizeOf } from '#tensor';

/** Operations that a random graph may use, with the ports to fill; all of them shape-checked by the document. */
const candidates: readonly (readonly [op: string, ports: readonly string[], attrs?: object])[] = [
  ['add', ['a', 'b']],
  ['sub', ['a', 'b']],
  ['mul', ['a', 'b']],
  ['max', ['a', 'b']],
  ['min', ['a', 'b']],
  ['neg', ['x']],
  ['tanh', ['x']],
  ['sigmoid', ['x']],
  ['relu', ['x']],
  ['softplus', ['x']],
  ['square', ['x']],
  ['sin', ['x']],
  ['gelu', ['x']],
  ['formula', ['a', 'b'], { expression: 'a / (1 + b^2)' }],
  ['sum', ['x'], { axes: [-1], keepDims: true }],
  ['mean', ['x']],
  ['logSumExp', ['x'], { axes: [0] }],
  ['variance', ['x']],
  ['softmax', ['x']],
  ['logSoftmax', ['x']],
  ['transpose', ['x']],
  ['flatten', ['x']],
  ['matmul', ['a', 'b']],
  ['dot', ['a', 'b']],
  ['outer', ['a', 'b']],
  ['affine', ['x', 'w', 'b']],
  ['concat', ['a', 'b'], { axis: 0 }],
  ['batchMean', ['x']],
  ['halfSquaredNorm', ['x']],
  ['squaredError', ['prediction', 'target']],
];

/** Seeds of random graphs; fast-check shrinks the number of operations. */
export const graphSeeds = fc.record({
  seed: fc.nat(1_000_000),
  operations: fc.integer({ min: 1, max: 14 }),
  batch: fc.integer({ min: 1, max: 3 }),
});

/** A random graph with batched and shared sources of random shapes, and a scalar loss over all its ends. */
export function randomGraph({
  seed,
  operations,
  batch,
}: {
  readonly seed: number;
  readonly operations: number;
  readonly batch: number;
}): GraphDocument {
  const random = seededRandom(seed, 'random graph');
  const shapes = [[], [3], [2], [2, 3], [3, 2], [batch]];
  let document = emptyDocument('random');
  const add = (op: string, attrs: object, inputs: readonly (readonly [string, NodeId])[]) => {
    const id = nodeId(`${op}${document.nodes.length}`);
    const edits: Edit[] = [
      { type: 'addNode', node: { id, op, label: '', attrs, position: { x: 0, y: 0 } } },
      ...inputs.map(
        ([port, from]): Edit => ({
          type: 'addWire',
          wire: {
            id: wireId(`${id}.${port}`),
            from: { node: from, port: 'out' },
            to: { node: id, port },
          },
        }),
      ),
    ];
    const grown = edits.reduce((doc, edit) => applyEdit(doc, edit, catalogue), document);
    const result = inferForms(grown, catalogue).get(id);
    if (!result || !('form' in result) || sizeOf(result.form.shape) > 40) return undefined;
    document = grown;
    return id;
  };
  const pick = <V>(list: readonly V[]): V => {
    const chosen = list[random.index(list.length)];
    if (chosen === undefined) throw new Error('there is nothing to pick from');
    return chosen;
  };
  for (let count = 0; count < 5; count++) {
    const shape = pick(shapes);
    const batched = count < 2;
    const value = normal(batched ? [batch, ...shape] : shape, random);
    add(batched ? 'input' : 'parameter', { shape, ...(batched ? { batched } : {}), value }, []);
  }
  for (let made = 0, tries = 0; made < operations && tries < 200; tries++) {
    const [op, ports, attrs = {}] = pick(candidates);
    const nodes = document.nodes.map(({ id }) => id);
    const inputs = ports.map((port) => [port, pick(nodes)] as const);
    if (add(op, attrs, inputs)) made++;
  }
  const used = new Set(document.wires.map(({ from }) => from.node));
  const ends = document.nodes.filter(({ id }) => !used.has(id));
  const scalars = ends.map(({ id }) => add('mean', {}, [['x', id]]) ?? id);
  const loss = scalars.reduce(
    (total, end) =>
      add('add', {}, [
        ['a', total],
        ['b', end],
      ]) ?? total,
  );
  return { ...document, loss: { node: loss, seed: 1.5 } };
}

function normal(shape: readonly number[], random: Random): NdArray {
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => random.normal()) };
}

/** The same graph over other examples: `order` picks them from the batch of each batched source. */
export function withExamples(document: GraphDocument, order: readonly number[]): GraphDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const { batched, value } = node.attrs as { batched?: boolean; value?: NdArray };
      if (!batched || !value) return node;
      const size = value.data.length / (value.shape[0] ?? 1);
      const data = order.flatMap((at) => [...value.data.subarray(at * size, (at + 1) * size)]);
      const shape = [order.length, ...value.shape.slice(1)];
      return { ...node, attrs: { ...node.attrs, value: { shape, data: Float64Array.from(data) } } };
    }),
  };
}

/** The graph with its one example as shared values: no batch at all. */
export function withoutBatch(document: GraphDocument): GraphDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const { batched, value } = node.attrs as { batched?: boolean; value?: NdArray };
      if (!batched || !value) return node;
      const single = { shape: value.shape.slice(1), data: value.data };
      return { ...node, attrs: { ...node.attrs, batched: false, value: single } };
    }),
  };
}

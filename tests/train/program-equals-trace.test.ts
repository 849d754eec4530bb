import { describe, expect, it } from 'vitest';
import type { DataSet, Field } from '#data';
import { type GraphDocument, readParsed } from '#graph';
import { catalogue, createRegistry } from '#ops';
import type { NdArray } from '#tensor';
import { BoundData, bindData } from '../../src/train/binding.ts';
import { checkEngine } from '../../src/train/check.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import { type GraphCase, graphCases } from '../support/goldens.ts';
import { anyEngine, classifier, clouds, settings } from '../support/training.ts';

/**
 * A golden graph as one that can be trained: what is typed in for every example becomes data, what is
 * typed in once becomes a parameter, so that every source's gradient is compared.
 */
function asTrainable({ document: file }: GraphCase): { document: GraphDocument; data: DataSet } {
  const { document } = readParsed(file, catalogue);
  const fields = new Map<string, Field>();
  const nodes = document.nodes.map((node) => {
    const { value, batched } = node.attrs as { value?: NdArray; batched?: boolean };
    if (node.op !== 'input' || !value) return node;
    if (!batched) return { ...node, op: 'parameter', attrs: { shape: value.shape, value } };
    const [count = 1, ...shape] = value.shape;
    fields.set(node.id, { shape, count, values: Float32Array.from(value.data), scale: 1 });
    return { ...node, attrs: { ...node.attrs, value: undefined, field: node.id } };
  });
  // Graphs without a batch get one example that nobody reads.
  if (fields.size === 0) {
    fields.set('none', { shape: [], count: 1, values: new Float32Array(1), scale: 1 });
  }
  return {
    document: { ...document, nodes },
    data: { name: file.nodes.length.toString(), train: fields },
  };
}

const cases = graphCases().filter(
  ({ document }) => 'loss' in document && document.nodes.every(({ op }) => catalogue.has(op)),
);

describe.each([
  ['js', 1e-9],
  ['wasm', 1e-4],
  ['cpu', 1e-4],
] as const)(
  'on %s, a compiled graph has the loss and gradients of the exact trace',
  (name, most) => {
    it.each(cases)('$name', async (golden) => {
      const { document, data } = asTrainable(golden);
      const whole = trainableGraph(document, catalogue);
      const train = whole.inputs.length > 0 ? bindData(whole, data).train : new BoundData([], 1);
      const engine = await anyEngine(name);
      const parameters = new Map(
        whole.parameters.map(({ id, initial: { shape, data: values } }) => [
          id,
          { shape, data: Float64Array.from(values, Math.fround) },
        ]),
      );
      const held = engine.held();
      const session = new Session(whole, updateRule(settings), engine, parameters);
      const order = Uint32Array.from({ length: train.count }, (_, at) => at);
      const draw = { seed: 0, step: 1 };
      const batch = { data: train, order, from: 0, size: train.count, draw };
      const { difference } = await checkEngine(whole, session, batch, parameters);
      expect(difference).toBeLessThanOrEqual(most);
      session.dispose();
      // wasm keeps rows of ones.
      if (name !== 'wasm') expect(engine.held()).toBe(held);
    });
  },
);

describe('the check before the first step', () => {
  it('refuses a program whose gradient is not the trace’s', async () => {
    const broken = createRegistry(
      [...catalogue.values()].map((operation) =>
        operation.id === 'affine'
          ? {
              ...operation,
              backward: (o, context) => {
                const passed = operation.backward?.(o, context) ?? {};
                const { w } = passed;
                return { ...passed, w: w ? o.mul(w, 1.01) : null };
              },
            }
          : operation,
      ),
    );
    const document = classifier(2, 3);
    const graph = { ...trainableGraph(document, broken), registry: catalogue };
    const { train } = bindData(graph, { name: 'clouds', train: clouds(8, 3) });
    const engine = await anyEngine('js');
    const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
    const session = new Session(graph, updateRule(settings), engine, parameters);
    const draw = { seed: 0, step: 1 };
    const batch = { data: train, order: [0, 1, 2, 3, 4, 5, 6, 7], from: 0, size: 8, draw };
    await expect(checkEngine(graph, session, batch, parameters)).rejects.toThrow(/gradient of “W”/);
  });
});

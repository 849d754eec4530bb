import { describe, expect, it } from 'vitest';
import { type GraphDocument, GraphError, nodeId, readParsed, replicas, wireId } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { exampleOf, type NdArray } from '#tensor';
import { trace } from '#trace';
import { graphCases, relativeDifference } from '../support/goldens.ts';

/** What the replicas and the batched graph disagree about, value and gradient of every node. */
function disagreements(document: GraphDocument): string[] {
  const fanned = replicas(document, catalogue);
  const [one, many] = [trace(document, catalogue), trace(fanned.document, catalogue)];
  const found = many.errors.map(({ message }) => message);
  if (
    one.loss !== undefined &&
    !(Math.abs(one.loss - (many.loss ?? Number.NaN)) <= 1e-12 * Math.max(1, Math.abs(one.loss)))
  ) {
    found.push(`loss ${one.loss} ${many.loss}`);
  }
  const compare = (name: string, a: NdArray | undefined, b: NdArray | undefined) => {
    if (!a || !b) return;
    if (!(relativeDifference(a, b) <= 1e-11)) found.push(`${name}: ${a.data} and ${b.data}`);
  };
  for (const [id, replica] of fanned.nodes) {
    const batched = one.nodes.get(replica.node);
    const copy = many.nodes.get(id);
    if (!batched?.value?.batched) continue;
    compare(`value of ${id}`, exampleOf(batched.value.data, replica.example), copy?.value?.data);
    if (!batched.gradient) continue;
    compare(
      `gradient of ${id}`,
      exampleOf(batched.gradient.data, replica.example),
      copy?.gradient?.data,
    );
  }
  for (const [id, node] of one.nodes) {
    if (node.value?.batched) continue;
    const shared = many.nodes.get(id);
    compare(`value of ${id}`, node.value?.data, shared?.value?.data);
    compare(`gradient of ${id}`, node.gradient?.data, shared?.gradient?.data);
  }
  return found;
}

const documents = lessons.map(
  ({ id, file }) => [id, readParsed(file, catalogue).document] as const,
);
const isBatched = (document: GraphDocument) => trace(document, catalogue).batchSize > 1;

describe('replicas', () => {
  it.each(documents.filter(([, document]) => isBatched(document)))(
    'of the worked example %s have its values and gradients, example by example',
    (_, document) => {
      expect(disagreements(document)).toEqual([]);
    },
  );

  const goldens = graphCases()
    .map((golden) => [golden.name, readParsed(golden.document, catalogue).document] as const)
    .filter(([, document]) => isBatched(document));
  it.each(goldens)(
    'of the golden graph %s agree, or are refused in one sentence',
    (_, document) => {
      const { batchSize } = trace(document, catalogue);
      if (batchSize > 8) expect(() => replicas(document, catalogue)).toThrow(/up to 8 examples/);
      else expect(disagreements(document)).toEqual([]);
    },
  );

  it('of batch normalization: the lecture’s numbers, and the zero path into μ', () => {
    const found = documents.find(([id]) => id === 'batch-norm');
    if (!found) throw new Error('The example is gone.');
    const { document } = replicas(found[1], catalogue);
    const traced = trace(document, catalogue);
    const gradient = (id: string) => traced.nodes.get(nodeId(id))?.gradient?.data.data[0];
    expect(gradient('beta')).toBeCloseTo(2, 12);
    expect(gradient('gamma')).toBeCloseTo(0.632454, 6);
    expect([1, 2, 3, 4].map((example) => gradient(`x_${example}`))).toEqual([
      expect.closeTo(0.885435, 6),
      expect.closeTo(-0.505964, 6),
      expect.closeTo(-2.023853, 6),
      expect.closeTo(1.644382, 6),
    ]);
    expect(traced.wires.get(wireId('mu-var-mean'))?.gradient?.data.data[0]).toBeCloseTo(0, 15);
    // The wires of the four copies converge in γ.
    const leaving = document.wires.filter(({ from }) => from.node === 'gamma');
    expect(leaving).toHaveLength(4);
  });

  it('leaves the document as it is', () => {
    const [, document] = documents.find(([id]) => id === 'batch-norm') ?? [];
    if (!document) throw new Error('The example is gone.');
    const before = structuredClone(document);
    replicas(document, catalogue);
    expect(document).toEqual(before);
  });

  it('refuses a graph without a batch, in one sentence', () => {
    const [, document] = documents.find(([id]) => id === 'product') ?? [];
    if (!document) throw new Error('The example is gone.');
    expect(() => replicas(document, catalogue)).toThrow(GraphError);
    expect(() => replicas(document, catalogue)).toThrow(/one value per example/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGradients } from '#diagnose';
import { type GraphDocument, type NodeId, readDocument, writeDocument } from '#graph';
import { catalogue } from '#ops';
import type { ArrayValue } from '#tensor';
import { type Trace, trace } from '#trace';
import { relativeDifference } from '../support/goldens.ts';
import { graphSeeds, randomGraph, withExamples, withoutBatch } from '../support/random-graphs.ts';

function traced(document: GraphDocument): Trace {
  const result = trace(document, catalogue);
  expect(result.errors).toEqual([]);
  return result;
}

function expectSame(
  got: ArrayValue | null | undefined,
  wanted: ArrayValue | null | undefined,
  what: string,
) {
  if (!got || !wanted) {
    expect(got, what).toEqual(wanted);
    return;
  }
  expect(relativeDifference(got.data, wanted.data), what).toBeLessThan(1e-9);
}

function isBatched(result: Trace, node: NodeId): boolean {
  return result.nodes.get(node)?.value?.batched === true;
}

/** Example `at` of a value; the whole where it is shared. */
function example(value: ArrayValue, at: number): ArrayValue {
  if (!value.batched) return value;
  const size = value.data.data.length / (value.data.shape[0] ?? 1);
  const data = value.data.data.slice(at * size, (at + 1) * size);
  return { ...value, batched: false, data: { shape: value.shape, data } };
}

describe('on any graph', () => {
  it('every gradient agrees with central differences', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const { checks, passed } = checkGradients(randomGraph(seed), catalogue, {
          entriesPerWire: 6,
        });
        expect(checks.filter(({ verdict }) => verdict === 'mismatch')).toEqual([]);
        expect(passed).toBe(true);
      }),
      {
        numRuns: 60,
        // Kinks of several wires at one place that together look smooth.
        examples: [[{ seed: 230_639, operations: 12, batch: 1 }]],
      },
    );
  });

  it('a batch of one is no batch', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const one = randomGraph({ ...seed, batch: 1 });
        const batched = traced(one);
        const plain = traced(withoutBatch(one));
        expect(batched.loss).toBeCloseTo(plain.loss ?? Number.NaN, 9);
        for (const { id } of one.nodes) {
          const a = batched.nodes.get(id);
          const b = plain.nodes.get(id);
          expectSame(a?.value && example(a.value, 0), b?.value, `${id} value`);
          expectSame(a?.gradient && example(a.gradient, 0), b?.gradient, `${id} gradient`);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('permuting the batch permutes what is per example and leaves the rest', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const three = randomGraph({ ...seed, batch: 3 });
        const order = [2, 0, 1];
        const before = traced(three);
        const after = traced(withExamples(three, order));
        for (const { id } of three.nodes) {
          const [a, b] = [before.nodes.get(id), after.nodes.get(id)];
          for (const key of ['value', 'gradient'] as const) {
            order.forEach((from, at) => {
              const [was, is] = [a?.[key], b?.[key]];
              expectSame(is && example(is, at), was && example(was, from), `${id} ${key} ${at}`);
            });
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('the gradient of a parameter is the mean over the examples one at a time', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const document = randomGraph({ ...seed, batch: 3 });
        // A mean over the batch joins the examples, and one at a time they would not meet.
        fc.pre(document.nodes.every(({ op }) => op !== 'batchMean'));
        const whole = traced(document);
        // Otherwise the examples do not reach the loss at all, and there is no mean to speak of.
        fc.pre(document.loss !== undefined && isBatched(whole, document.loss.node));
        const single = [0, 1, 2].map((at) => traced(withExamples(document, [at])));
        for (const { id, op } of document.nodes) {
          if (op !== 'parameter') continue;
          const wanted = whole.nodes.get(id)?.gradient;
          const parts = single.map((part) => part.nodes.get(id)?.gradient?.data.data ?? []);
          const data = Float64Array.from(
            wanted?.data.data ?? [],
            (_, at) => parts.reduce((total, part) => total + (part[at] ?? 0), 0) / 3,
          );
          if (wanted) expectSame({ ...wanted, data: { ...wanted.data, data } }, wanted, id);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('the file says everything', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const document = randomGraph(seed);
        const { document: again, repairs } = readDocument(
          writeDocument(document, catalogue),
          catalogue,
        );
        expect(repairs).toEqual([]);
        expect(again).toEqual(document);
      }),
      { numRuns: 60 },
    );
  });
});

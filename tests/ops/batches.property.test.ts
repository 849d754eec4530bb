import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '#ops';
import { type ArrayValue, type NdArray, seededRandom, sizeOf } from '#tensor';
import { relativeDifference } from '../support/goldens.ts';
import {
  type Application,
  analytic,
  computing,
  exact,
  exampleOf,
  mustBeShared,
  upstreamFor,
  variation,
} from '../support/operations.ts';

/** How exactly two orders of the same additions agree. */
const tolerance = 1e-11;

/** Rules in which the examples of a batch hear from one another. */
const mixing = new Set(['batchSum', 'batchMean', 'batchVariance', 'batchNorm']);

/** A batch of `examples`, in which each port is batched or shared by chance (at least one batched). */
function batches(operation: Operation, fewest: number, most: number) {
  return fc
    .record({
      examples: fc.integer({ min: fewest, max: most }),
      seed: fc.integer({ min: 0, max: 1e6 }),
      shared: fc.infiniteStream(fc.boolean()),
    })
    .map(({ examples, seed, shared }) => {
      const random = seededRandom(seed, operation.id);
      const ports = Object.keys(operation.sample.inputs);
      const free = ports.filter((port) => !mustBeShared(operation, port));
      const kept = new Set(free.filter(() => shared.next().value));
      if (kept.size === free.length) kept.delete(free[seed % free.length] ?? '');
      const batched = (port: string) => free.includes(port) && !kept.has(port);
      const application = variation(operation, examples, batched, () => random.uniform());
      return { examples, seed, application: withMask(operation, application, seed) };
    });
}

/** Dropout with its mask handed in, as training does: a drawn one would not move with the examples. */
function withMask(operation: Operation, application: Application, seed: number): Application {
  const { x } = application.inputs;
  if (operation.id !== 'dropout' || !x) return application;
  const random = seededRandom(seed, 'mask');
  const data = Float64Array.from({ length: sizeOf(x.data.shape) }, () => random.index(2));
  const mask = exact.constant({ shape: x.data.shape, data }, x.batched);
  return { ...application, inputs: { ...application.inputs, mask } };
}

function close(got: NdArray, wanted: NdArray, what: string): void {
  expect(got.shape, what).toEqual(wanted.shape);
  expect(relativeDifference(got, wanted), what).toBeLessThan(tolerance);
}

/** The numbers of a value, without a batch axis of length 1. */
function unbatched(value: ArrayValue): NdArray {
  return { shape: value.shape, data: value.data.data };
}

/** The examples of a batched value in another order. */
function permuted(value: ArrayValue, order: readonly number[]): ArrayValue {
  if (!value.batched) return value;
  const data = order.flatMap((at) => [...exampleOf(value, at).data.data]);
  return exact.constant({ shape: value.data.shape, data: Float64Array.from(data) }, true);
}

const named = computing.map((operation) => ({ id: operation.id, operation }));
const separate = named.filter(({ id }) => !mixing.has(id));

describe('a batch of one is no batch', () => {
  it.each(named)('$id', ({ operation }) => {
    fc.assert(
      fc.property(batches(operation, 1, 1), ({ application: { attrs, inputs } }) => {
        const alone = Object.fromEntries(
          Object.entries(inputs).map(([port, value]) => [port, exampleOf(value, 0)]),
        );
        const batch = analytic(operation, { attrs, inputs });
        const upstream = { shape: batch.output.shape, data: batch.upstream.data.data };
        const single = analytic(operation, { attrs, inputs: alone }, { upstream });
        close(unbatched(batch.output), unbatched(single.output), 'output');
        for (const [port, gradient] of batch.gradients) {
          const other = single.gradients.get(port) ?? null;
          expect(gradient === null).toBe(other === null);
          if (gradient && other) close(unbatched(gradient), unbatched(other), port);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('permuting the batch permutes the results', () => {
  it.each(named)('$id', ({ operation }) => {
    fc.assert(
      fc.property(batches(operation, 2, 4), ({ examples, seed, application }) => {
        const { attrs, inputs } = application;
        const random = seededRandom(seed, 'order');
        const order = Array.from({ length: examples }, (_, at) => at);
        order.sort(() => random.uniform() - 0.5);
        const moved = Object.fromEntries(
          Object.entries(inputs).map(([port, value]) => [port, permuted(value, order)]),
        );
        const before = analytic(operation, { attrs, inputs });
        const upstream = permuted(before.upstream, order).data;
        const after = analytic(operation, { attrs, inputs: moved }, { upstream });
        close(after.output.data, permuted(before.output, order).data, 'output');
        for (const [port, gradient] of before.gradients) {
          const other = after.gradients.get(port);
          if (gradient && other) close(other.data, permuted(gradient, order).data, port);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('a batch is its examples one at a time, and a shared gradient is their sum', () => {
  it.each(separate)('$id', ({ operation }) => {
    fc.assert(
      fc.property(batches(operation, 2, 4), ({ examples, application: { attrs, inputs } }) => {
        const batch = analytic(operation, { attrs, inputs });
        const sums = new Map<string, ArrayValue>();
        for (let at = 0; at < examples; at++) {
          const alone = Object.fromEntries(
            Object.entries(inputs).map(([port, value]) => [port, exampleOf(value, at)]),
          );
          const upstream = exampleOf(batch.upstream, at).data;
          const single = analytic(operation, { attrs, inputs: alone }, { upstream });
          close(exampleOf(batch.output, at).data, single.output.data, `output ${at}`);
          for (const [port, gradient] of single.gradients) {
            const whole = batch.gradients.get(port) ?? null;
            expect(gradient === null).toBe(whole === null);
            if (!gradient || !whole) continue;
            if (whole.batched) close(exampleOf(whole, at).data, gradient.data, `${port} ${at}`);
            else {
              const sum = sums.get(port);
              sums.set(port, sum ? exact.add(sum, gradient) : gradient);
            }
          }
        }
        for (const [port, sum] of sums) {
          const whole = batch.gradients.get(port);
          if (whole) close(whole.data, sum.data, `sum at ${port}`);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('batchNorm, once it uses the running averages', () => {
    const batchNorm = computing.find(({ id }) => id === 'batchNorm');
    if (!batchNorm) throw new Error('no batchNorm');
    const random = seededRandom(3, 'inference');
    const attrs = batchNorm.attrs.parse({
      training: false,
      runningMean: [0.5, -0.25],
      runningVariance: [2, 0.75],
    });
    const { inputs } = variation(
      batchNorm,
      3,
      (port) => port === 'x',
      () => random.uniform(),
    );
    const batch = analytic(batchNorm, { attrs, inputs });
    const upstream = upstreamFor(batch.output);
    for (let at = 0; at < 3; at++) {
      const alone = Object.fromEntries(
        Object.entries(inputs).map(([port, value]) => [port, exampleOf(value, at)]),
      );
      const own = exampleOf({ ...batch.output, data: upstream }, at).data;
      const single = analytic(batchNorm, { attrs, inputs: alone }, { upstream: own });
      close(exampleOf(batch.output, at).data, single.output.data, 'output');
    }
  });
});

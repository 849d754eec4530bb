import { describe, expect, it } from 'vitest';
import {
  type ArrayValue,
  Float64Ops,
  type Form,
  type MatmulOptions,
  type NdArray,
  type Primitive,
  seededRandom,
  type Value,
  ValueOps,
} from '#tensor';
import {
  computing,
  type Damage,
  disagreements,
  exact,
  mustBeShared,
  sampleOf,
  takesIndex,
  variation,
} from '../support/operations.ts';

/** Rules whose gradient is 0 everywhere: there is no sign and no factor in them to get wrong. */
const flat = new Set(['step', 'argmax', 'accuracy', 'topKError']);

/** Rules that pass nothing at all back. */
const silent = new Set(['oneHot']);

/** Rules that treat their inputs alike. */
const symmetric = new Set(['add']);

/** Changes every gradient that passes. */
function each(change: (gradient: ArrayValue, port: string) => ArrayValue): Damage {
  return (gradients) =>
    new Map(
      [...gradients].map(([port, gradient]) => [port, gradient && change(gradient, port)] as const),
    );
}

/** An engine that averages where a shared input's gradient has to be summed over the examples. */
class ForgetfulOps extends ValueOps<NdArray> {
  override batchSum(x: Value<NdArray>): Value<NdArray> {
    return x.batched ? this.div(super.batchSum(x), this.batchSize(x)) : x;
  }

  override matmul(
    a: Value<NdArray>,
    b: Value<NdArray>,
    { into: _, ...options }: MatmulOptions = {},
  ) {
    return super.matmul(a, b, options);
  }

  override primitive(form: Form, primitive: Primitive, inputs: readonly Value<NdArray>[]) {
    const result = super.primitive(form, primitive, inputs);
    const examples = inputs[0] ? this.batchSize(inputs[0]) : 1;
    return primitive.op === 'conv2dFilterGradient' ? this.div(result, examples) : result;
  }
}

const named = computing.map((operation) => ({ id: operation.id, operation }));
const passing = named.filter(({ id }) => !silent.has(id));
const sloped = passing.filter(({ id }) => !flat.has(id));

describe('central differences catch a rule', () => {
  it.each(sloped)('$id: with the wrong sign', ({ operation }) => {
    const damage = each((gradient) => exact.neg(gradient));
    expect(disagreements(operation, sampleOf(operation), { damage })).not.toEqual([]);
  });

  it.each(sloped)('$id: with a factor forgotten', ({ operation }) => {
    const damage = each((gradient) => exact.mul(gradient, 2));
    expect(disagreements(operation, sampleOf(operation), { damage })).not.toEqual([]);
  });

  it.each(passing)(
    '$id: that passes something where it should not, or not where it should',
    ({ operation }) => {
      const damage = each((gradient) => exact.add(gradient, 0.5));
      expect(disagreements(operation, sampleOf(operation), { damage })).not.toEqual([]);
    },
  );

  const paired = sloped.flatMap(({ id, operation }) => {
    const ports = Object.keys(operation.sample.inputs).filter(
      (port) => !takesIndex(operation, port),
    );
    const [first, second] = ports;
    return first && second && !symmetric.has(id) ? [{ id, operation, first, second }] : [];
  });

  it.each(paired)('$id: with $first and $second swapped', ({ operation, first, second }) => {
    const damage: Damage = (gradients, inputs) => {
      const swapped = new Map(gradients);
      swapped.set(first, fitted(gradients.get(second), inputs[first]));
      swapped.set(second, fitted(gradients.get(first), inputs[second]));
      return swapped;
    };
    expect(disagreements(operation, sampleOf(operation), { damage })).not.toEqual([]);
  });

  const mixed = sloped.flatMap(({ id, operation }) => {
    const ports = Object.keys(operation.sample.inputs);
    const gradientPorts = ports.filter((port) => !takesIndex(operation, port));
    return operation.group === 'batch' || ports.length < 2
      ? []
      : gradientPorts
          .filter((port) =>
            ports.some((other) => other !== port && !mustBeShared(operation, other)),
          )
          // A shared x is a batch of one, which normalizes to 0 whatever it is: its gradient is 0.
          .filter((port) => id !== 'batchNorm' || port !== 'x')
          .map((shared) => ({ id, operation, shared }));
  });

  it.each(mixed)('$id: without the sum over the examples at $shared', ({ operation, shared }) => {
    const random = seededRandom(7, operation.id);
    const batched = (port: string) => port !== shared && !mustBeShared(operation, port);
    const application = variation(operation, 3, batched, () => random.uniform());
    expect(disagreements(operation, application)).toEqual([]);
    const forgetful = new ForgetfulOps(new Float64Ops());
    expect(disagreements(operation, application, { o: forgetful })).toContain(shared);
  });

  it.each(['batchSum', 'batchMean', 'batchVariance'])('%s: without its count of examples', (id) => {
    const operation = computing.find((candidate) => candidate.id === id);
    if (!operation) throw new Error(`no ${id}`);
    const examples = 3;
    const damage = each((gradient) => exact.div(gradient, examples));
    expect(disagreements(operation, sampleOf(operation), { damage })).not.toEqual([]);
  });
});

/** The entries of another port's gradient, as far as they go, in the form of this input. */
function fitted(gradient: ArrayValue | null | undefined, input: ArrayValue | undefined) {
  if (!gradient || !input) throw new Error('both ports must pass a gradient');
  const { data } = gradient.data;
  const filled = input.data.data.map((_, at) => data[at % data.length] ?? 0);
  return exact.constant({ shape: input.data.shape, data: filled }, input.batched);
}

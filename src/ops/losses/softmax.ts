import { formatShape, type Value, type ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

export const softmax = defineOperation({
  id: 'softmax',
  title: 'softmax',
  group: 'losses',
  symbol: 'eˣ/Σeˣ',
  help: 'Turns scores into probabilities: exponentials, divided by their sum along the last axis. The largest score is taken off first, which changes nothing but keeps the exponentials from overflowing. Each output depends on all inputs.',
  passes: 'passes p ⊙ (g − p·g): the upstream gradient less its average under p',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\operatorname{softmax}(${x})`,
    local: (_, out) => ({ x: `\\operatorname{diag}(${out}) - ${out}\\,{${out}}^\\top` }),
    flowsBack: (_, g, out) => ({
      x: `${out} \\odot \\left(${g} - {${out}}^\\top\\,${g}\\right)`,
    }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [1, -0.5, 0.25],
          [0.3, 2, -1],
        ],
      },
    },
  },
  form: ({ x }) => {
    requireEntries(x.shape);
    return x;
  },
  forward: (o, { x }) => probabilities(o, x),
  backward: (o, { output: p, upstream: g }) => ({
    x: o.mul(p, o.sub(g, o.sum(o.mul(p, g), [-1], true))),
  }),
});

/** Throws `ShapeError` for a scalar: there is nothing to compare it with. */
export function requireEntries(shape: readonly number[]): void {
  if (shape.length > 0) return;
  throw new ShapeError(
    `Softmax compares the entries of a vector, and x is ${formatShape(shape)}.`,
    'x',
  );
}

/** e^x / Σe^x along the last axis. */
export function probabilities<T>(o: ValueOps<T>, x: Value<T>): Value<T> {
  const weights = o.exp(o.sub(x, o.max(x, [-1], true)));
  return o.div(weights, o.sum(weights, [-1], true));
}

import type { Value, ValueOps } from '#tensor';
import { reducedCount, reduction } from '../reduction.ts';

export const variance = reduction({
  id: 'variance',
  title: 'variance',
  symbol: 'σ²',
  help: 'The mean squared distance of the entries of one example from their mean (biased: divided by n). Backward every entry receives twice its distance from the mean, divided by n.',
  passes: 'passes the upstream gradient times 2(x − mean)/n to each entry',
  latex: {
    forward: ({ x }) => `\\operatorname{var}(${x})`,
    local: ({ x }) => ({ x: `\\tfrac{2}{n}\\,(${x} - \\bar{${x}})` }),
  },
  sample: {
    attrs: { axes: [1] },
    inputs: {
      x: {
        value: [
          [0.5, -1.5, 2],
          [1.25, 0.75, -0.5],
        ],
      },
    },
  },
  forward: (o, { x }, { axes, keepDims }) => o.mean(o.square(centered(o, x, axes)), axes, keepDims),
  derivative: (o, { inputs: { x }, attrs: { axes } }) =>
    o.mul(centered(o, x, axes), 2 / reducedCount(x, axes)),
});

function centered<T>(o: ValueOps<T>, x: Value<T>, axes?: readonly number[]): Value<T> {
  return o.sub(x, o.mean(x, axes, true));
}

import { reduction } from '../reduction.ts';

export const logSumExp = reduction({
  id: 'logSumExp',
  title: 'log-sum-exp',
  symbol: 'ln Σeˣ',
  help: 'The logarithm of the sum of the exponentials: a smooth maximum. The largest entry is taken off before the exponentials and added again after, so that nothing overflows. Its gradient is the softmax.',
  passes: 'passes the upstream gradient times the softmax of its input',
  latex: {
    forward: ({ x }) => `\\ln \\textstyle\\sum e^{${x}}`,
    local: ({ x }) => ({ x: `\\operatorname{softmax}(${x})` }),
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
  forward: (o, { x }, { axes, keepDims }) => {
    const largest = o.max(x, axes, true);
    const rest = o.log(o.sum(o.exp(o.sub(x, largest)), axes, keepDims));
    return o.add(rest, o.reshape(largest, rest.shape));
  },
  // e^(x − output) is e^x / Σe^x, and never more than 1.
  derivative: (o, { inputs: { x }, output }) => o.exp(o.sub(x, output)),
});

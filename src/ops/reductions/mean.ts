import { reducedCount, reduction } from '../reduction.ts';

export const mean = reduction({
  id: 'mean',
  title: 'mean',
  symbol: 'x̄',
  help: 'The average of the entries of one example, over all axes or those named. Backward every one of the n entries receives the upstream gradient divided by n.',
  passes: 'passes the upstream gradient, divided by how many entries there were, to each',
  latex: {
    forward: ({ x }) => `\\operatorname{mean}(${x})`,
    local: () => ({ x: '\\tfrac{1}{n}' }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5, 2] } } },
  forward: (o, { x }, { axes, keepDims }) => o.mean(x, axes, keepDims),
  derivative: (_, { inputs: { x }, attrs: { axes } }) => 1 / reducedCount(x, axes),
});

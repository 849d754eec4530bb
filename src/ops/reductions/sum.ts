import { reduction } from '../reduction.ts';

export const sum = reduction({
  id: 'sum',
  title: 'sum',
  nickname: 'distributor',
  symbol: 'Σ',
  help: 'Adds up the entries of one example, over all axes or those named. Backward every entry receives a copy of the upstream gradient.',
  passes: 'passes a copy of the upstream gradient to every entry',
  latex: { forward: ({ x }) => `\\sum ${x}`, local: () => ({ x: '1' }) },
  sample: { inputs: { x: { value: [0.5, -1.5, 2] } } },
  forward: (o, { x }, { axes, keepDims }) => o.sum(x, axes, keepDims),
  derivative: () => 1,
});

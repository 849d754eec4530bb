import { firstMaximum } from '../first-maximum.ts';
import { reduction } from '../reduction.ts';

export const reduceMax = reduction({
  id: 'reduceMax',
  title: 'largest entry',
  nickname: 'router',
  symbol: 'max x',
  help: 'The largest entry of one example, over all axes or those named. Backward it is a router: the largest entry receives the whole upstream gradient; on a tie it is the first of them.',
  passes: 'routes the upstream gradient to the largest entry; the others receive 0',
  latex: {
    forward: ({ x }) => `\\max_i ${x}_i`,
    local: ({ x }) => ({ x: `\\mathbf{1}[i = \\operatorname{argmax} ${x}]` }),
  },
  sample: {
    attrs: { axes: [0] },
    inputs: {
      x: {
        value: [
          [0.5, -1.5, 2],
          [1.25, 0.75, -0.5],
        ],
      },
    },
  },
  forward: (o, { x }, { axes, keepDims }) => o.max(x, axes, keepDims),
  derivative: (o, { inputs: { x }, attrs: { axes } }) => firstMaximum(o, x, axes),
});

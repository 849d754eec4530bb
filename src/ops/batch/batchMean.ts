import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';

export const batchMean = defineOperation({
  id: 'batchMean',
  title: 'mean over batch',
  group: 'batch',
  symbol: 'μ',
  help: 'The average of the examples of the batch, entry by entry: from one value per example to one that all share. Backward each of the m examples receives the gradient divided by m. A shared input counts as a batch of one.',
  passes: 'passes the upstream gradient, divided by the number of examples, to each of them',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\tfrac1m \\sum_i {${x}}^{(i)}`,
    local: () => ({ x: '\\tfrac1m' }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [0.5, -1.5],
          [2, 0.25],
          [-0.75, 1],
        ],
      },
    },
  },
  form: ({ x }) => ({ batched: false, shape: x.shape }),
  forward: (o, { x }) => o.batchMean(x),
  backward: (o, { inputs: { x }, upstream }) => ({ x: o.div(upstream, o.batchSize(x)) }),
  local: (o, { inputs: { x } }) => ({
    x: { kind: 'elementwise', value: o.filledLike(x, 1 / o.batchSize(x)) },
  }),
});

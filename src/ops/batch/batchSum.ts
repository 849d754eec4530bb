import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';

export const batchSum = defineOperation({
  id: 'batchSum',
  title: 'sum over batch',
  nickname: 'distributor',
  group: 'batch',
  symbol: 'Σᵢ',
  help: 'Adds up the examples of the batch, entry by entry: from one value per example to one that all share. Backward every example receives a copy of the gradient. A shared input counts as a batch of one.',
  passes: 'passes a copy of the upstream gradient to every example',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\sum_i {${x}}^{(i)}`,
    local: () => ({ x: '1' }),
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
  forward: (o, { x }) => o.batchSum(x),
  backward: (_, { upstream }) => ({ x: upstream }),
  local: (o, { inputs: { x } }) => ({ x: { kind: 'elementwise', value: o.filledLike(x, 1) } }),
});

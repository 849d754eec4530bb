import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { identityLike, requireSquare } from './square.ts';

export const trace = defineOperation({
  id: 'trace',
  title: 'trace',
  group: 'matrices',
  symbol: 'tr A',
  help: 'The sum of the entries on the diagonal of a square matrix. Backward each of them receives the upstream gradient, and everything off the diagonal nothing.',
  passes: 'passes the upstream gradient times the identity matrix',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `\\operatorname{tr}(${x})`, local: () => ({ x: 'I' }) },
  sample: {
    inputs: {
      x: {
        value: [
          [0.5, -1],
          [1.5, 0.25],
        ],
      },
    },
  },
  form: ({ x }) => {
    requireSquare(x, 'x');
    return { batched: x.batched, shape: [] };
  },
  forward: (o, { x }) => o.sum(o.where(identityLike(o, x), x, 0)),
  backward: (o, { inputs: { x }, upstream }) => ({ x: o.mul(upstream, identityLike(o, x)) }),
  local: (o, { inputs: { x } }) => ({
    x: { kind: 'elementwise', value: identityLike(o, x) },
  }),
});

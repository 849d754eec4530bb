import { sizeOf } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';

export const flatten = defineOperation({
  id: 'flatten',
  title: 'flatten',
  group: 'shape',
  symbol: '▤→',
  help: 'Lays all entries of one example out as one vector, row after row: what stands between the images of a convolution and an affine layer. Backward the gradient takes the old shape again.',
  passes: 'passes the upstream gradient on in the shape of its input',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\operatorname{vec}(${x})`,
    flowsBack: (_, g) => ({ x: `\\operatorname{reshape}\\left(${g}\\right)` }),
  },
  sample: {
    inputs: {
      x: {
        value: [
          [0.5, -1, 2],
          [1.5, 0.25, -0.75],
        ],
      },
    },
  },
  form: ({ x }) => ({ batched: x.batched, shape: [sizeOf(x.shape)] }),
  forward: (o, { x }) => o.reshape(x, [sizeOf(x.shape)]),
  backward: (o, { inputs: { x }, upstream }) => ({ x: o.reshape(upstream, x.shape) }),
});

import { formatShape } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

export const transpose = defineOperation({
  id: 'transpose',
  title: 'transpose',
  group: 'matrices',
  symbol: 'Aᵀ',
  help: 'Turns rows into columns. Backward the gradient is transposed the same way back.',
  passes: 'passes the upstream gradient on, transposed',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `{${x}}^\\top`,
    flowsBack: (_, g) => ({ x: `\\left(${g}\\right)^\\top` }),
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
  form: ({ x }) => {
    const [rows, columns, ...more] = x.shape;
    if (rows === undefined || columns === undefined || more.length > 0) {
      throw new ShapeError(
        `Only a matrix can be transposed, and x is ${formatShape(x.shape)}; reshape it first.`,
        'x',
      );
    }
    return { batched: x.batched, shape: [columns, rows] };
  },
  forward: (o, { x }) => o.transpose(x),
  backward: (o, { upstream }) => ({ x: o.transpose(upstream) }),
});

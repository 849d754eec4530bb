import { formatShape, sizeOf } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { transposed } from '../linear/transposed.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { optionalPort, port } from '../ports.ts';

export const affine = defineOperation({
  id: 'affine',
  title: 'affine',
  group: 'layers',
  symbol: 'Wx+b',
  help: 'A fully connected layer: W·x + b, with W of shape [outputs, inputs]. Backward the input receives Wᵀ·g, the weights g·xᵀ and the bias g, summed over the batch for what is shared.',
  passes: 'passes Wᵀ·g to the input, g·xᵀ to the weights and g to the bias',
  ports: [port('x'), port('w'), optionalPort('b')],
  attrs: noAttrs,
  latex: {
    forward: ({ x, w, b }) => (b === undefined ? `${w}\\,${x}` : `${w}\\,${x} + ${b}`),
    local: ({ x, w }) => ({ x: `{${w}}^\\top`, w: `{${x}}^\\top`, b: '1' }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [1, -2, 0.5],
          [0.25, 1.5, -1],
        ],
      },
      w: {
        value: [
          [0.5, -1, 2],
          [1.5, 0.25, -0.75],
        ],
      },
      b: { value: [0.1, -0.2] },
    },
  },
  work: ({ w, b }) => {
    const multiplications = sizeOf(w.shape);
    return { multiplications, connections: multiplications + (b ? sizeOf(b.shape) : 0) };
  },
  form: ({ x, w, b }) => {
    if (x.shape.length !== 1) {
      throw new ShapeError(
        `An affine layer takes a vector, and x is ${formatShape(x.shape)}; flatten it first.`,
        'x',
      );
    }
    if (w.shape.length !== 2) {
      throw new ShapeError(
        `The weights must be a matrix [outputs, inputs], and w is ${formatShape(w.shape)}.`,
        'w',
      );
    }
    const [outputs = 1, inputs = 1] = w.shape;
    if (inputs !== x.shape[0]) {
      throw new ShapeError(
        `w is ${formatShape(w.shape)} and takes ${inputs} inputs, but x is ${formatShape(x.shape)}.`,
        'w',
      );
    }
    if (b && (b.shape.length !== 1 || b.shape[0] !== outputs)) {
      throw new ShapeError(
        `The bias must be a vector of ${outputs}, one for each row of w, and b is ${formatShape(b.shape)}.`,
        'b',
      );
    }
    return { batched: x.batched || w.batched || (b?.batched ?? false), shape: [outputs] };
  },
  forward: (o, { x, w, b }) => {
    const product = o.matmul(w, x);
    return b ? o.add(product, b) : product;
  },
  backward: (o, { inputs: { x, w }, upstream: g }) => ({
    x: o.matmul(w, g, { transposeA: true, into: x }),
    w: o.outer(g, x, w),
    b: g,
  }),
  local: (o, { inputs: { x, w }, output }) => ({
    x: { kind: 'matrix', latex: 'W^\\top', side: 'left', value: transposed(o, w) },
    w: { kind: 'matrix', latex: 'x^\\top', side: 'right', value: transposed(o, x) },
    b: { kind: 'elementwise', value: o.filledLike(output, 1) },
  }),
});

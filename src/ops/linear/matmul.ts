import { formatShape, sizeOf } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';
import { transposed } from './transposed.ts';

export const matmul = defineOperation({
  id: 'matmul',
  title: 'matmul',
  group: 'matrices',
  symbol: 'A·B',
  help: 'The matrix product: matrix times vector, matrix times matrix, or row vector times matrix. Backward the other factor, transposed, multiplies the upstream gradient from its side.',
  passes: 'passes g·Bᵀ to the left factor and Aᵀ·g to the right one',
  ports: [port('a'), port('b')],
  attrs: noAttrs,
  latex: {
    forward: ({ a, b }) => `${a}\\,${b}`,
    local: ({ a, b }) => ({ a: `{${b}}^\\top`, b: `{${a}}^\\top` }),
  },
  sample: {
    inputs: {
      a: {
        value: [
          [0.5, -1, 2],
          [1.5, 0.25, -0.75],
        ],
      },
      b: { batched: true, value: [[1, -2, 0.5]] },
    },
  },
  work: ({ a }, output) => {
    const multiplications = sizeOf(output.shape) * (a.shape.at(-1) ?? 1);
    return { multiplications, connections: multiplications };
  },
  form: ({ a, b }) => {
    const [m, k] = a.shape.length === 1 ? [undefined, a.shape[0]] : a.shape;
    const [l, n] = b.shape.length === 1 ? [b.shape[0], undefined] : b.shape;
    for (const [name, { shape }] of Object.entries({ a, b })) {
      if (shape.length !== 1 && shape.length !== 2) {
        throw new ShapeError(
          `A matrix product takes matrices and vectors, and ${name} is ${formatShape(shape)}.`,
          name,
        );
      }
    }
    if (a.shape.length === 1 && b.shape.length === 1) {
      throw new ShapeError('Two vectors have no matrix product; use dot or outer.', 'b');
    }
    if (k !== l) {
      throw new ShapeError(
        `The inner lengths differ: a is ${formatShape(a.shape)}, b is ${formatShape(b.shape)}, so ${k} stands against ${l}.`,
        'b',
      );
    }
    const shape = [m, n].filter((length) => length !== undefined);
    return { batched: a.batched || b.batched, shape };
  },
  forward: (o, { a, b }) => o.matmul(a, b),
  backward: (o, { inputs: { a, b }, upstream: g }) => ({
    a: b.shape.length === 1 ? o.outer(g, b, a) : o.matmul(g, b, { transposeB: true, into: a }),
    b: a.shape.length === 1 ? o.outer(a, g, b) : o.matmul(a, g, { transposeA: true, into: b }),
  }),
  local: (o, { inputs: { a, b } }) => ({
    a: { kind: 'matrix', latex: 'B^\\top', side: 'right', value: transposed(o, b) },
    b: { kind: 'matrix', latex: 'A^\\top', side: 'left', value: transposed(o, a) },
  }),
});

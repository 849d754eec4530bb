import { formatShape, type Shape, sizeOf } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { indexPort, port } from '../ports.ts';

export const embedding = defineOperation({
  id: 'embedding',
  title: 'embedding',
  nickname: 'router',
  group: 'layers',
  symbol: 'T[i]',
  help: 'Looks a word up: the row of a trainable table that an index names, counted from 0. Backward the gradient goes to that row; where several examples name the same row, their gradients add.',
  passes: 'routes the upstream gradient to the row that was looked up',
  ports: [indexPort('index'), port('table')],
  attrs: noAttrs,
  latex: {
    forward: ({ index, table }) => `${table}_{${index}}`,
    flowsBack: ({ index }, g) => ({ table: `\\mathbf{e}_{${index}}\\left(${g}\\right)^\\top` }),
  },
  sample: {
    inputs: {
      index: { batched: true, value: [2, 0, 2] },
      table: {
        value: [
          [0.5, -1],
          [1.5, 0.25],
          [-0.75, 2],
        ],
      },
    },
  },
  form: ({ index, table }) => {
    if (table.shape.length !== 2) {
      throw new ShapeError(
        `The table must be a matrix with one row for each word, and it is ${formatShape(table.shape)}.`,
        'table',
      );
    }
    return {
      batched: index.batched || table.batched,
      shape: [...index.shape, ...table.shape.slice(1)],
    };
  },
  forward: (o, { index, table }) => {
    const shape = [...index.shape, ...table.shape.slice(1)];
    if (!table.batched) {
      return o.primitive({ batched: index.batched, shape }, { op: 'gather' }, [table, index]);
    }
    // A table per example: the same lookup, as a product with one-hot rows.
    const rows = o.oneHot(o.reshape(index, words(index.shape)), table.shape[0] ?? 1);
    return o.reshape(o.matmul(rows, table), shape);
  },
  backward: (o, { inputs: { index, table }, upstream }) => {
    const [count = 1] = words(index.shape);
    const rows = o.oneHot(o.reshape(index, [count]), table.shape[0] ?? 1);
    const g = o.reshape(upstream, [count, ...table.shape.slice(1)]);
    return { index: null, table: o.matmul(rows, g, { transposeA: true, into: table }) };
  },
});

/** One example may look up one word or many. */
function words(shape: Shape): Shape {
  return [sizeOf(shape)];
}

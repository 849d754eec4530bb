import { formatShape, sameShape, type Value, type ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, type Inputs, ShapeError } from '../operation.ts';
import { indexPort, port } from '../ports.ts';

export const select = defineOperation({
  id: 'select',
  title: 'select',
  nickname: 'router',
  group: 'shape',
  symbol: 'x[i]',
  help: 'The entry of the last axis that an index names, counted from 0: the score of the right class. Backward the whole gradient goes to that entry; the index receives none.',
  passes: 'routes the upstream gradient to the selected entry; the others receive 0',
  ports: [port('x'), indexPort('index')],
  attrs: noAttrs,
  latex: {
    forward: ({ x, index }) => `${x}_{${index}}`,
    local: ({ index }) => ({ x: `\\mathbf{1}[i = ${index}]` }),
  },
  sample: {
    inputs: {
      x: { value: [0.5, -1.5, 2] },
      index: { batched: true, value: [2, 0] },
    },
  },
  form: ({ x, index }) => {
    if (x.shape.length === 0) {
      throw new ShapeError('There is nothing to select from: x is a scalar.', 'x');
    }
    const shape = x.shape.slice(0, -1);
    if (index.shape.length > 0 && !sameShape(index.shape, shape)) {
      throw new ShapeError(
        `The index must be one number, or one for each row of x, and x is ${formatShape(x.shape)}, index ${formatShape(index.shape)}.`,
        'index',
      );
    }
    return { batched: x.batched || index.batched, shape };
  },
  forward: (o, inputs) => o.sum(o.where(chosen(o, inputs), inputs.x, 0), [-1]),
  backward: (o, { inputs, upstream: g }) => {
    const column = o.reshape(g, [...g.shape, 1]);
    return { x: o.mul(column, chosen(o, inputs)), index: null };
  },
  local: (o, { inputs }) => ({
    x: { kind: 'elementwise', value: chosen(o, inputs) },
    index: null,
  }),
});

/** 1 at the entry that is selected, 0 elsewhere. */
function chosen<T>(o: ValueOps<T>, { x, index }: Inputs<Value<T>, 'x' | 'index'>): Value<T> {
  return o.oneHot(index, x.shape.at(-1) ?? 1);
}

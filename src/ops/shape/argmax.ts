import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

export const argmax = defineOperation({
  id: 'argmax',
  title: 'argmax',
  group: 'shape',
  symbol: 'argmax',
  help: 'Where the largest entry of the last axis stands, counted from 0: the class a network decides for. On a tie it is the first. A small change of the scores does not change the place, so the gradient is 0.',
  passes: 'passes 0: a small change of its input changes no place',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\operatorname{argmax}(${x})`,
    local: () => ({ x: '0' }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5, 2] } } },
  form: ({ x }) => {
    if (x.shape.length === 0) {
      throw new ShapeError('A scalar has no largest entry to point at.', 'x');
    }
    return { batched: x.batched, shape: x.shape.slice(0, -1) };
  },
  forward: (o, { x }) => o.argMax(x),
  backward: (o, { inputs: { x } }) => ({ x: o.filledLike(x, 0) }),
  local: (o, { inputs: { x } }) => ({ x: { kind: 'elementwise', value: o.filledLike(x, 0) } }),
});

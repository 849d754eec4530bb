import { formatShape, sizeOf } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { elementwiseLocal, scaled } from '../losses/loss.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';
import { requireVectors } from './vectors.ts';

export const dot = defineOperation({
  id: 'dot',
  title: 'dot',
  nickname: 'switcher',
  group: 'matrices',
  symbol: 'a·b',
  help: 'The inner product of two vectors: their entries are multiplied in pairs and added up. Backward each vector receives the other one, times the upstream gradient.',
  passes: 'passes the upstream gradient times the vector on the other wire',
  ports: [port('a'), port('b')],
  attrs: noAttrs,
  latex: {
    forward: ({ a, b }) => `{${a}}^\\top ${b}`,
    local: ({ a, b }) => ({ a: b, b: a }),
  },
  sample: {
    inputs: {
      a: { value: [0.5, -1.5, 2] },
      b: {
        batched: true,
        value: [
          [2, 0.25, -0.75],
          [-1, 0.5, 1.5],
        ],
      },
    },
  },
  form: ({ a, b }) => {
    requireVectors({ a, b });
    if (a.shape[0] !== b.shape[0]) {
      throw new ShapeError(
        `A dot product takes two vectors of the same length, and a is ${formatShape(a.shape)}, b ${formatShape(b.shape)}.`,
        'b',
      );
    }
    return { batched: a.batched || b.batched, shape: [] };
  },
  work: ({ a }) => ({ multiplications: sizeOf(a.shape), connections: 2 * sizeOf(a.shape) }),
  forward: (o, { a, b }) => o.sum(o.mul(a, b)),
  backward: (o, { inputs: { a, b }, upstream }) => scaled(o, upstream, { a: b, b: a }),
  local: (_, { inputs: { a, b } }) => elementwiseLocal({ a: b, b: a }),
});

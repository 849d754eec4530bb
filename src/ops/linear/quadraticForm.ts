import { formatShape, type Value, type ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { elementwiseLocal } from '../losses/loss.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';
import { requireSquare } from './square.ts';
import { requireVectors } from './vectors.ts';

export const quadraticForm = defineOperation({
  id: 'quadraticForm',
  title: 'quadratic form',
  group: 'matrices',
  symbol: 'xᵀAx',
  help: 'One number from a vector and a square matrix: xᵀAx. Backward the vector receives (A + Aᵀ)x, which is 2Ax where A is symmetric, and the matrix xxᵀ.',
  passes:
    'passes (A + Aᵀ)x times the upstream gradient to the vector, and xxᵀ times it to the matrix',
  ports: [port('x'), port('a')],
  attrs: noAttrs,
  latex: {
    forward: ({ x, a }) => `{${x}}^\\top ${a}\\,${x}`,
    local: ({ x, a }) => ({ x: `(${a} + {${a}}^\\top)\\,${x}`, a: `${x}\\,{${x}}^\\top` }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [0.5, -1.5],
          [2, 0.75],
        ],
      },
      a: {
        value: [
          [2, -1],
          [0.5, 1.25],
        ],
      },
    },
  },
  form: ({ x, a }) => {
    requireVectors({ x });
    requireSquare(a, 'a');
    if (a.shape[0] !== x.shape[0]) {
      throw new ShapeError(
        `The matrix must have as many rows as x has entries, and a is ${formatShape(a.shape)}, x ${formatShape(x.shape)}.`,
        'a',
      );
    }
    return { batched: x.batched || a.batched, shape: [] };
  },
  forward: (o, { x, a }) => o.sum(o.mul(x, o.matmul(a, x))),
  backward: (o, { inputs: { x, a }, upstream: g }) => ({
    x: o.mul(g, bothWays(o, x, a)),
    a: o.outer(o.mul(g, x), x, a),
  }),
  local: (o, { inputs: { x, a } }) => elementwiseLocal({ x: bothWays(o, x, a), a: o.outer(x, x) }),
});

/** (A + Aᵀ)x. */
function bothWays<T>(o: ValueOps<T>, x: Value<T>, a: Value<T>): Value<T> {
  return o.add(o.matmul(a, x), o.matmul(a, x, { transposeA: true }));
}

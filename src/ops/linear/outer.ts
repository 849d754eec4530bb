import { sizeOf } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { transposed } from './transposed.ts';
import { requireVectors } from './vectors.ts';

export const outer = defineOperation({
  id: 'outer',
  title: 'outer',
  nickname: 'switcher',
  group: 'matrices',
  symbol: 'abᵀ',
  help: 'The outer product of two vectors: a matrix with every entry of a times every entry of b. Backward the upstream matrix is multiplied by the other vector from its side.',
  passes: 'passes g·b to the first vector and gᵀ·a to the second',
  ports: [port('a'), port('b')],
  attrs: noAttrs,
  latex: {
    forward: ({ a, b }) => `${a}\\,{${b}}^\\top`,
    local: ({ a, b }) => ({ a: b, b: `{${a}}^\\top` }),
  },
  sample: {
    inputs: {
      a: { value: [0.5, -1.5] },
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
    return { batched: a.batched || b.batched, shape: [...a.shape, ...b.shape] };
  },
  work: (_, output) => ({
    multiplications: sizeOf(output.shape),
    connections: 2 * sizeOf(output.shape),
  }),
  forward: (o, { a, b }) => o.outer(a, b),
  backward: (o, { inputs: { a, b }, upstream: g }) => ({
    a: o.matmul(g, b, { into: a }),
    b: o.matmul(g, a, { transposeA: true, into: b }),
  }),
  local: (o, { inputs: { a, b } }) => ({
    a: { kind: 'matrix', latex: 'b', side: 'right', value: o.reshape(b, [...b.shape, 1]) },
    b: { kind: 'matrix', latex: 'a^\\top', side: 'left', value: transposed(o, a) },
  }),
});

import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { inverseOf, requireSquare } from './square.ts';

export const inverse = defineOperation({
  id: 'inverse',
  title: 'inverse',
  group: 'matrices',
  symbol: 'A⁻¹',
  help: 'The inverse of a square matrix. A matrix without one gives infinities. Backward the upstream gradient is multiplied by −X⁻ᵀ from the left and X⁻ᵀ from the right, as −1/x² would for a number.',
  passes: 'passes −X⁻ᵀ·g·X⁻ᵀ',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `{${x}}^{-1}`,
    flowsBack: ({ x }, g) => ({ x: `-{${x}}^{-\\top}\\,${g}\\,{${x}}^{-\\top}` }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [
            [2, -1],
            [0.5, 1.25],
          ],
          [
            [-1.5, 0.25],
            [0.75, 1],
          ],
        ],
      },
    },
  },
  form: ({ x }) => {
    requireSquare(x, 'x');
    return { batched: x.batched, shape: x.shape };
  },
  forward: (o, { x }) => inverseOf(o, x),
  backward: (o, { output, upstream }) => {
    const left = o.matmul(output, upstream, { transposeA: true });
    return { x: o.neg(o.matmul(left, output, { transposeB: true })) };
  },
});

import { noAttrs } from '../attrs/schemas.ts';
import { elementwiseLocal, scaled } from '../losses/loss.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { inverseOf, requireSquare } from './square.ts';

export const logdet = defineOperation({
  id: 'logdet',
  title: 'log-determinant',
  group: 'matrices',
  symbol: 'ln|A|',
  help: 'The logarithm of the absolute determinant of a square matrix; −∞ where the matrix has no inverse. Its gradient is the transposed inverse.',
  passes: 'passes the upstream gradient times X⁻ᵀ',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\ln \\lvert \\det ${x} \\rvert`,
    local: ({ x }) => ({ x: `{${x}}^{-\\top}` }),
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
    return { batched: x.batched, shape: [] };
  },
  forward: (o, { x }) => o.primitive({ batched: x.batched, shape: [] }, { op: 'logAbsDet' }, [x]),
  backward: (o, { inputs: { x }, upstream }) =>
    scaled(o, upstream, { x: o.transpose(inverseOf(o, x)) }),
  local: (o, { inputs: { x } }) => elementwiseLocal({ x: o.transpose(inverseOf(o, x)) }),
});

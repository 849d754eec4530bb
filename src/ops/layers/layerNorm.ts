import { z } from 'zod';
import { broadcastShapes, formatShape, type Shape, sameShape, TensorError } from '#tensor';
import { numberWhere } from '../attrs/numbers.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';
import { normalize, throughNormalize } from './normalization.ts';

/** Ba, Kiros and Hinton 2016. */
export const layerNorm = defineOperation({
  id: 'layerNorm',
  title: 'layerNorm',
  group: 'layers',
  symbol: 'x̂ₗ',
  help: 'Brings the entries of each example to mean 0 and variance 1, then scales by γ and shifts by β. Unlike batch normalization it looks at one example at a time, so it does the same in training and after.',
  passes:
    'passes γ/σ times the upstream gradient, less what comes back through mean and variance, to x; the sum of gradient × x̂ to γ, the sum of the gradient to β',
  ports: [port('x'), port('gamma'), port('beta')],
  attrs: z.strictObject({
    epsilon: numberWhere('epsilon', 'at least 0', (value) => value >= 0).default(1e-5),
  }),
  latex: {
    forward: ({ x, gamma, beta }) =>
      `${gamma} \\, \\frac{${x} - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + ${beta}`,
    local: () => ({ gamma: '\\hat{x}', beta: '1' }),
    flowsBack: ({ gamma }, g) => ({
      x: `\\frac{1}{\\sqrt{\\sigma^2 + \\varepsilon}} \\left(h - \\bar{h} - \\hat{x} \\odot \\overline{h \\odot \\hat{x}}\\right),\\; h = ${gamma} \\odot ${g}`,
    }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [1, -0.5, 2],
          [2, 0.25, -1.5],
        ],
      },
      gamma: { value: [2, 0.5, -1] },
      beta: { value: [1, -0.25, 0.5] },
    },
  },
  form: ({ x, gamma, beta }) => {
    if (x.shape.length === 0) {
      throw new ShapeError('Layer normalization needs entries to compare, and x is a scalar.', 'x');
    }
    for (const [name, { shape }] of Object.entries({ gamma, beta })) {
      if (fits(shape, x.shape)) continue;
      throw new ShapeError(
        `${name} must stretch to the shape of x, which is ${formatShape(x.shape)}, and it is ${formatShape(shape)}.`,
        name,
      );
    }
    return { batched: x.batched || gamma.batched || beta.batched, shape: x.shape };
  },
  forward: (o, { x, gamma, beta }, { epsilon }) => {
    const { value } = normalize(o, x, (of) => o.mean(of, undefined, true), epsilon);
    return o.add(o.mul(value, gamma), beta);
  },
  backward: (o, { inputs: { x, gamma }, upstream: g, attrs: { epsilon } }) => {
    const average = (of: typeof x) => o.mean(of, undefined, true);
    const own = normalize(o, x, average, epsilon);
    return {
      x: throughNormalize(o, own, o.mul(g, gamma), average),
      gamma: o.mul(g, own.value),
      beta: g,
    };
  },
  local: (o, { inputs: { x }, output, attrs: { epsilon } }) => {
    const { value } = normalize(o, x, (of) => o.mean(of, undefined, true), epsilon);
    return {
      x: { kind: 'jacobian' },
      gamma: { kind: 'elementwise', value },
      beta: { kind: 'elementwise', value: o.filledLike(output, 1) },
    };
  },
});

function fits(shape: Shape, into: Shape): boolean {
  try {
    return sameShape(broadcastShapes(shape, into), into);
  } catch (error) {
    if (error instanceof TensorError) return false;
    throw error;
  }
}

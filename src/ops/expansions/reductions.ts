import type { AxesAttrs } from '../attrs/axes.ts';
import { reducedCount } from '../reduction.ts';
import { defineExpansion } from './expansion.ts';

export const mean = defineExpansion<AxesAttrs>({
  build: (inside, attrs) => {
    const count = reducedCount({ shape: inside.shape('x') }, attrs.axes);
    return inside.node('mul', {
      a: inside.number(1 / count, `1/${count}`),
      b: inside.node('sum', { x: inside.input('x') }, '', { ...attrs }),
    });
  },
});

export const variance = defineExpansion<AxesAttrs>({
  build: (inside, attrs) => {
    const x = inside.input('x');
    const average = inside.node('mean', { x }, 'μ', { ...attrs, keepDims: true });
    const distance = inside.node('sub', { a: x, b: average }, 'a');
    return inside.node('mean', { x: inside.node('square', { x: distance }, 'a²') }, 'σ²', {
      ...attrs,
    });
  },
});

export const logSumExp = defineExpansion<AxesAttrs>({
  note: 'Above about 709 an exponential overflows, and far below 0 all of them vanish; log-sum-exp as one node takes the largest entry off first.',
  build: (inside, attrs) => {
    const powers = inside.node('exp', { x: inside.input('x') }, 'eˣ');
    return inside.node('log', { x: inside.node('sum', { x: powers }, 'Σeˣ', { ...attrs }) });
  },
});

export const norm1 = defineExpansion<AxesAttrs>({
  build: (inside, attrs) =>
    inside.node('sum', { x: inside.node('abs', { x: inside.input('x') }) }, '', { ...attrs }),
});

export const norm2 = defineExpansion<AxesAttrs>({
  note: 'At the zero vector the slope of the root is infinite, and the gradient is no number; the norm as one node passes 0.',
  build: (inside, attrs) => {
    const squares = inside.node('square', { x: inside.input('x') });
    return inside.node('sqrt', { x: inside.node('sum', { x: squares }, '‖x‖²', { ...attrs }) });
  },
});

export const halfSquaredNorm = defineExpansion<AxesAttrs>({
  build: (inside, attrs) => {
    const squares = inside.node('square', { x: inside.input('x') });
    return inside.node('mul', {
      a: inside.number(0.5, '½'),
      b: inside.node('sum', { x: squares }, '‖x‖²', { ...attrs }),
    });
  },
});

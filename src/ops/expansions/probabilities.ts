import { defineExpansion } from './expansion.ts';

const lastAxis = { axes: [-1], keepDims: true };

export const softmax = defineExpansion({
  note: 'Above about 709 an exponential overflows, far below 0 all of them vanish, and the quotient is no number any more; softmax as one node takes the largest entry off first.',
  build: (inside) => {
    const powers = inside.node('exp', { x: inside.input('x') }, 'eˣ');
    return inside.node('div', {
      a: powers,
      b: inside.node('sum', { x: powers }, 'Σeˣ', lastAxis),
    });
  },
});

export const logSoftmax = defineExpansion({
  build: (inside) => {
    const x = inside.input('x');
    return inside.node('sub', { a: x, b: inside.node('logSumExp', { x }, 'ln Σeˣ', lastAxis) });
  },
});

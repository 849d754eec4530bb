import { defineExpansion } from './expansion.ts';

export const sigmoid = defineExpansion({
  note: 'Below about −709 the exponential overflows, and the gradient is no number any more; the sigmoid as one node stays exact.',
  build: (inside) => {
    const power = inside.node('exp', { x: inside.node('neg', { x: inside.input('x') }) });
    return inside.node('reciprocal', {
      x: inside.node('add', { a: inside.number(1), b: power }),
    });
  },
});

export const tanh = defineExpansion({
  note: 'Beyond about ±709 an exponential overflows and the quotient is no number any more; tanh as one node stays exact.',
  build: (inside) => {
    const x = inside.input('x');
    const up = inside.node('exp', { x }, 'eˣ');
    const down = inside.node('exp', { x: inside.node('neg', { x }) }, 'e⁻ˣ');
    return inside.node('div', {
      a: inside.node('sub', { a: up, b: down }),
      b: inside.node('add', { a: up, b: down }),
    });
  },
});

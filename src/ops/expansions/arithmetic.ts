import { defineExpansion } from './expansion.ts';

export const sub = defineExpansion({
  build: (inside) =>
    inside.node('add', {
      a: inside.input('a'),
      b: inside.node('neg', { x: inside.input('b') }),
    }),
});

export const div = defineExpansion({
  build: (inside) =>
    inside.node('mul', {
      a: inside.input('a'),
      b: inside.node('reciprocal', { x: inside.input('b') }),
    }),
});

/** Both factors are the same wire: the fan-out at which the 2 of 2x comes about. */
export const square = defineExpansion({
  build: (inside) => inside.node('mul', { a: inside.input('x'), b: inside.input('x') }),
});

import { constant, draw, gate, input } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** The same product twice: once its factor 3 is a constant, once a variable. */
export const constantOrVariable: Lesson = {
  id: 'constant-or-variable',
  title: 'Constant against variable',
  topic: 'First graphs',
  text: 'Both products are 3·2, and x and y receive the same gradient, 3. The constant c receives none, because nobody asks how f would answer if it changed; the variable v in the same place receives 2.',
  file: draw({
    title: 'Constant against variable',
    nodes: [
      constant('c', 'c', 3, [0, -13]),
      input('x', 'x', 2, [0, 87]),
      gate('mul', 'p', 'a', [200, 77]),
      input('v', 'v', 3, [0, 157]),
      input('y', 'y', 2, [0, 257]),
      gate('mul', 'q', 'b', [200, 207]),
      gate('add', 'f', 'f', [380, 167]),
    ],
    wires: {
      p: { a: 'c', b: 'x' },
      q: { a: 'v', b: 'y' },
      f: { a: 'p', b: 'q' },
    },
    loss: 'f',
  }),
  // By hand.
  expected: {
    loss: 12,
    nodes: {
      c: { value: 3, gradient: null },
      x: { value: 2, gradient: 3 },
      v: { value: 3, gradient: 2 },
      y: { value: 2, gradient: 3 },
      p: { value: 6, gradient: 1 },
      q: { value: 6, gradient: 1 },
    },
    wires: { 'c-p-a': { gradient: null }, 'v-q-a': { upstream: 1, gradient: 2 } },
  },
};

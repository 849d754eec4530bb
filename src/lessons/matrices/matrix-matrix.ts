import { constant, draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** Y = WX with a given upstream gradient G: L = Σ Y⊙G. */
export const matrixMatrix: Lesson = {
  id: 'matrix-matrix',
  title: 'Y = WX',
  topic: 'Vectors and matrices',
  text: 'The same with two columns in X: the loss sums Y⊙G, so G is the upstream gradient at Y. W receives G·Xᵀ and X receives Wᵀ·G. Check the shapes: there is only one way in which the factors fit.',
  file: draw({
    title: 'Y = WX',
    nodes: [
      parameter(
        'W',
        'W',
        [
          [1, 2, 0],
          [0, 1, -1],
        ],
        [0, -13],
      ),
      input(
        'X',
        'X',
        [
          [1, 0],
          [-1, 2],
          [2, 1],
        ],
        [80, 237],
      ),
      gate('matmul', 'Y', 'Y', [330, 7]),
      constant(
        'G',
        'G',
        [
          [1, 0],
          [2, -1],
        ],
        [290, 257],
      ),
      gate('mul', 'H', 'H', [530, 7]),
      gate('sum', 'L', 'L', [730, 7]),
    ],
    wires: { Y: { a: 'W', b: 'X' }, H: { a: 'Y', b: 'G' }, L: { x: 'H' } },
    loss: 'L',
  }),
  // By hand.
  expected: {
    loss: -8,
    nodes: {
      Y: {
        value: [
          [-1, 4],
          [-3, 1],
        ],
        gradient: [
          [1, 0],
          [2, -1],
        ],
      },
      W: {
        gradient: [
          [1, -1, 2],
          [2, -4, 3],
        ],
      },
      X: {
        gradient: [
          [1, 0],
          [4, -1],
          [-2, 1],
        ],
      },
    },
  },
};

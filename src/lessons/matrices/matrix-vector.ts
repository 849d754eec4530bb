import { constant, draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** y = Wx with a given upstream gradient g: L = yᵀg. */
export const matrixVector: Lesson = {
  id: 'matrix-vector',
  title: 'y = Wx',
  topic: 'Vectors and matrices',
  text: 'The loss yᵀg makes g the upstream gradient at y. Backward, x receives Wᵀg, and W receives g·xᵀ: one row for each entry of g, because row k of W moves only y_k. Both gradients have the shape of what they belong to.',
  file: draw({
    title: 'y = Wx',
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
      input('x', 'x', [1, -1, 2], [60, 157]),
      gate('matmul', 'y', 'y', [360, 27]),
      constant('g', 'g', [2, -1], [330, 177]),
      gate('dot', 'L', 'L', [580, 27]),
    ],
    wires: { y: { a: 'W', b: 'x' }, L: { a: 'y', b: 'g' } },
    loss: 'L',
  }),
  // By hand.
  expected: {
    loss: 1,
    nodes: {
      y: { value: [-1, -3], gradient: [2, -1] },
      x: { gradient: [2, 3, 1] },
      W: {
        gradient: [
          [2, -2, 4],
          [-1, 1, -2],
        ],
      },
      g: { gradient: null },
    },
  },
};

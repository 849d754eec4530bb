import { draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** ½‖y − Wx‖². */
export const leastSquares: Lesson = {
  id: 'least-squares',
  title: 'Least squares: ½‖y − Wx‖²',
  topic: 'Vectors and matrices',
  text: 'Half the squared norm sends back its own input, the residual r = y − Wx. The minus turns the sign for Wx, and the matrix product makes of it −r·xᵀ for W: the gradient every linear regression steps against.',
  file: draw({
    title: 'Least squares: ½‖y − Wx‖²',
    nodes: [
      input('y', 'y', [1, 0], [310, -13]),
      parameter(
        'W',
        'W',
        [
          [1, 2, 0],
          [0, 1, -1],
        ],
        [30, 37],
      ),
      input('x', 'x', [1, -1, 2], [0, 237]),
      gate('matmul', 'p', 'p', [300, 227]),
      gate('sub', 'r', 'r', [500, 227]),
      gate('halfSquaredNorm', 'L', 'L', [700, 227]),
    ],
    wires: { p: { a: 'W', b: 'x' }, r: { a: 'y', b: 'p' }, L: { x: 'r' } },
    loss: 'L',
  }),
  // PyTorch, and easily by hand.
  expected: {
    loss: 6.5,
    nodes: {
      W: {
        gradient: [
          [-2, 2, -4],
          [-3, 3, -6],
        ],
      },
      x: { gradient: [-2, -7, 3] },
      y: { gradient: [2, 3] },
      p: { value: [-1, -3], gradient: [-2, -3] },
      r: { value: [2, 3], gradient: [2, 3] },
    },
  },
};

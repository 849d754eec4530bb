import { draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** ½‖WᵀWx − x‖²: W encodes, and its transpose decodes. */
export const tiedAutoencoder: Lesson = {
  id: 'tied-autoencoder',
  title: 'Tied autoencoder: ½‖WᵀWx − x‖²',
  topic: 'Vectors and matrices',
  text: 'W is used twice, to encode and, transposed, to decode. Each use brings back a gradient of its own, and the two add. The input x is used twice as well: as what is encoded and as the target.',
  file: draw({
    title: 'Tied autoencoder: ½‖WᵀWx − x‖²',
    nodes: [
      parameter(
        'W',
        'W',
        [
          [0.5, -0.2, 0.1],
          [0.3, 0.8, -0.4],
        ],
        [0, 120],
      ),
      input('x', 'x', [1, -1, 2], [10, 440]),
      gate('transpose', 'Wt', 'Wᵀ', [330, 0]),
      gate('matmul', 'h', 'h', [340, 230]),
      gate('matmul', 'r', 'r', [570, 190]),
      gate('sub', 'd', 'd', [830, 230]),
      gate('halfSquaredNorm', 'L', 'L', [1090, 230]),
    ],
    wires: {
      h: { a: 'W', b: 'x' },
      Wt: { x: 'W' },
      r: { a: 'Wt', b: 'h' },
      d: { a: 'r', b: 'x' },
      L: { x: 'd' },
    },
    loss: 'L',
  }),
  // PyTorch.
  expected: {
    loss: 1.43205,
    nodes: {
      W: {
        gradient: [
          [-1.411, 0.367, -2.381],
          [1.32, 0.188, 2.003],
        ],
      },
      x: { gradient: [0.6869, 0.4114, 1.2943] },
      h: { value: [0.9, -1.3], gradient: [-0.565, 0.098] },
      r: { value: [0.06, -1.22, 0.61] },
      d: { value: [-0.94, -0.22, -1.39] },
    },
  },
};

import { draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** A 2×2 filter [[w, x], [y, z]] over the image 1 … 9. */
export const convolution: Lesson = {
  id: 'convolution',
  title: 'Convolution: 3×3 with 2×2',
  topic: 'Vectors and matrices',
  text: 'The filter lies over four places of the image A and gives four sums of products. Each of its entries is used at all four places, so its gradient adds up the four pixels it met: 1 + 2 + 4 + 5 = 12 for w. The pixel in the middle lies under all of the filter and receives w + x + y + z = 10.',
  file: draw({
    title: 'Convolution: 3×3 with 2×2',
    nodes: [
      input(
        'A',
        'A',
        [
          [[1], [2], [3]],
          [[4], [5], [6]],
          [[7], [8], [9]],
        ],
        [0, -13],
      ),
      parameter(
        'F',
        'F',
        [
          [[[1]], [[2]]],
          [[[3]], [[4]]],
        ],
        [0, 167],
      ),
      gate('conv2d', 'B', 'B', [330, 77]),
      gate('sum', 'L', 'L', [570, 87]),
    ],
    wires: { B: { x: 'A', w: 'F' }, L: { x: 'B' } },
    loss: 'L',
  }),
  // By hand, with w, x, y, z = 1, 2, 3, 4: the first place gives w + 2x + 4y + 5z = 37.
  expected: {
    loss: 228,
    nodes: {
      B: {
        value: [
          [[37], [47]],
          [[67], [77]],
        ],
        gradient: [
          [[1], [1]],
          [[1], [1]],
        ],
      },
      F: {
        gradient: [
          [[[12]], [[16]]],
          [[[24]], [[28]]],
        ],
      },
      A: {
        gradient: [
          [[1], [3], [2]],
          [[4], [10], [6]],
          [[3], [7], [4]],
        ],
      },
    },
  },
};

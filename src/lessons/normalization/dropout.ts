import { draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** Inverted dropout with the mask 1, 0, 1, 1. */
export const dropout: Lesson = {
  id: 'dropout',
  title: 'Dropout with a given mask',
  topic: 'Normalization and regularization',
  text: 'The mask 1, 0, 1, 1 switches the second unit off and doubles the others, because half of the units are kept on average. The gradient passes the same mask: the second unit receives 0, and its weight as well. In training a new mask is drawn for every mini-batch.',
  file: draw({
    title: 'Dropout with a given mask',
    nodes: [
      input('h', 'h', [1, -2, 3, 0.5], [0, 20]),
      gate('dropout', 'd', 'd', [370, 0], { keep: 0.5, mask: [1, 0, 1, 1] }),
      parameter('w', 'w', [1, 2, -1, 3], [280, 150]),
      gate('dot', 'L', 'L', [640, 40]),
    ],
    wires: { d: { x: 'h' }, L: { a: 'd', b: 'w' } },
    loss: 'L',
  }),
  // By hand.
  expected: {
    loss: -1,
    nodes: {
      d: { value: [2, 0, 6, 1], gradient: [1, 2, -1, 3] },
      h: { gradient: [2, 0, -2, 6] },
      w: { gradient: [2, 0, 6, 1] },
    },
  },
};

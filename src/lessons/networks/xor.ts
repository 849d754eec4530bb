import { draw, examples, gate, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** XOR with two hidden ReLUs: the weights of Goodfellow, Bengio and Courville (2016), section 6.1, output bias off by ¼. */
export const xor: Lesson = {
  id: 'xor',
  title: 'XOR with two hidden units',
  topic: 'Networks',
  text: 'No line separates the four points of XOR, but after two ReLUs one does. The weights are right; only the output bias b is 0.25 too high, so every example is off by as much and b receives 0.25. Set b to 0: the loss is 0, and so are all gradients.',
  file: draw({
    title: 'XOR with two hidden units',
    nodes: [
      examples(
        'x',
        'x',
        [
          [0.0, 0.0],
          [0.0, 1.0],
          [1.0, 0.0],
          [1.0, 1.0],
        ],
        [0, -13],
      ),
      parameter(
        'W',
        'W',
        [
          [1.0, 1.0],
          [1.0, 1.0],
        ],
        [0, 177],
      ),
      parameter('c', 'c', [0.0, -1.0], [130, 367]),
      gate('affine', 'a', 'a', [340, 147]),
      gate('relu', 'h', 'h', [580, 147]),
      parameter('w', 'w', [1.0, -2.0], [360, 397]),
      gate('dot', 'd', 'd', [820, 197]),
      parameter('b', 'b', 0.25, [910, 427]),
      gate('add', 'y', 'y', [1090, 197]),
      examples('t', 't', [0.0, 1.0, 1.0, 0.0], [1110, 427]),
      gate('squaredError', 'L', 'L', [1360, 207]),
    ],
    wires: {
      a: { x: 'x', w: 'W', b: 'c' },
      h: { x: 'a' },
      d: { a: 'h', b: 'w' },
      y: { a: 'd', b: 'b' },
      L: { prediction: 'y', target: 't' },
    },
    loss: 'L',
  }),
  // PyTorch, and easily by hand.
  expected: {
    loss: 0.03125,
    nodes: {
      h: {
        value: [
          [0.0, 0.0],
          [1.0, 0.0],
          [1.0, 0.0],
          [2.0, 1.0],
        ],
      },
      y: { value: [0.25, 1.25, 1.25, 0.25], gradient: [0.0625, 0.0625, 0.0625, 0.0625] },
      W: {
        gradient: [
          [0.125, 0.125],
          [-0.125, -0.125],
        ],
      },
      c: { gradient: [0.1875, -0.125] },
      w: { gradient: [0.25, 0.0625] },
      b: { gradient: 0.25 },
    },
  },
};

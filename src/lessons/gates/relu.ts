import { constant, draw, gate, input } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** ReLU open, ReLU shut, and the same gate written as max(z, 0). */
export const reluGate: Lesson = {
  id: 'relu-gate',
  title: 'ReLU: a max with 0',
  topic: 'Gates',
  text: 'At x = 3 the gate is open: the upstream gradient 2 passes unchanged. At y = −2 it is shut, and nothing passes. Below, the same gate as max(z, 0): the 0 is a constant and receives no gradient.',
  file: draw({
    title: 'ReLU: a max with 0',
    nodes: [
      input('x', 'x', 3, [0, 0]),
      gate('relu', 'a', 'a', [260, 0]),
      input('y', 'y', -2, [0, 140]),
      gate('relu', 'b', 'b', [260, 140]),
      input('z', 'z', 3, [0, 240]),
      constant('zero', 'zero', 0, [0, 340]),
      gate('max', 'c', 'c', [260, 290]),
      gate('add', 'f', 'f', [500, 140]),
    ],
    wires: {
      a: { x: 'x' },
      b: { x: 'y' },
      c: { a: 'z', b: 'zero' },
      f: { a: 'a', b: 'b', c: 'c' },
    },
    loss: 'f',
    seed: 2,
  }),
  // By hand.
  expected: {
    loss: 6,
    nodes: {
      x: { gradient: 2 },
      y: { gradient: 0 },
      z: { gradient: 2 },
      zero: { gradient: null },
      a: { value: 3, gradient: 2 },
      b: { value: 0, gradient: 2 },
      c: { value: 3, gradient: 2 },
    },
  },
};

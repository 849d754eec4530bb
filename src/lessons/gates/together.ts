import { constant, draw, gate, input } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** 2·(x·y + max(z, w)): distributor, switcher and router in one graph. */
export const gatesTogether: Lesson = {
  id: 'gates-together',
  title: 'All three: 2·(x·y + max(z, w))',
  topic: 'Gates',
  text: 'Read the gates backward: times 2 doubles the gradient, plus hands the 2 to both sides, the product switches x and y, and max sends everything to z. Nothing needs to be calculated but −4·2 and 3·2.',
  file: draw({
    title: 'All three: 2·(x·y + max(z, w))',
    nodes: [
      input('x', 'x', 3, [0, -13]),
      input('y', 'y', -4, [0, 87]),
      gate('mul', 'p', 'a', [200, 77]),
      input('z', 'z', 2, [0, 157]),
      input('w', 'w', -1, [0, 257]),
      gate('max', 'm', 'b', [200, 207]),
      gate('add', 's', 'c', [380, 137]),
      constant('two', 'two', 2, [350, 257]),
      gate('mul', 'f', 'f', [560, 137]),
    ],
    wires: {
      p: { a: 'x', b: 'y' },
      m: { a: 'z', b: 'w' },
      s: { a: 'p', b: 'm' },
      f: { a: 's', b: 'two' },
    },
    loss: 'f',
  }),
  // By hand.
  expected: {
    loss: -20,
    nodes: {
      x: { gradient: -8 },
      y: { gradient: 6 },
      z: { gradient: 2 },
      w: { gradient: 0 },
      p: { value: -12, gradient: 2 },
      m: { value: 2, gradient: 2 },
      s: { value: -10, gradient: 2 },
      two: { gradient: null },
    },
  },
};

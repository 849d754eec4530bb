import { draw, gate, input } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** f = x²·eˣ: two ways lead from x to f. */
export const fanOut: Lesson = {
  id: 'fan-out',
  title: 'Fan-out: x²·eˣ',
  topic: 'First graphs',
  text: 'Two wires leave x, so x moves f in two ways. Each brings back its own part, 13.45 through the square and 10.08 through the exponential, and the gradient of x is their sum, 23.53: the law of total derivatives.',
  file: draw({
    title: 'Fan-out: x²·eˣ',
    nodes: [
      input('x', 'x', 1.5, [0, 90]),
      gate('square', 's', 'a', [240, 0]),
      gate('exp', 'e', 'b', [240, 130]),
      gate('mul', 'f', 'f', [420, 70]),
    ],
    wires: { s: { x: 'x' }, e: { x: 'x' }, f: { a: 's', b: 'e' } },
    loss: 'f',
  }),
  // PyTorch for the nodes; the two parts by hand: eˣ·2x and x²·eˣ, with e^1.5 = 4.4816890703380645.
  expected: {
    loss: 10.083800408260645,
    nodes: {
      x: { value: 1.5, gradient: 23.52886761927484 },
      s: { value: 2.25, gradient: 4.4816890703380645 },
      e: { value: 4.4816890703380645, gradient: 2.25 },
    },
    wires: {
      'x-s-x': { upstream: 4.4816890703380645, gradient: 13.445067211014193 },
      'x-e-x': { upstream: 2.25, gradient: 10.083800408260645 },
    },
  },
};

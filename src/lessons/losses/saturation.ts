import { constant, draw, gate, input } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** A sigmoid that is as wrong as can be, under two losses. */
export const saturation: Lesson = {
  id: 'saturation',
  title: 'Squared error against cross-entropy at z = −50',
  topic: 'Losses and likelihoods',
  text: 'Both scores are −50 where the target is 1: as wrong as can be. Above, the flat sigmoid multiplies the gradient by 10⁻²², so squared error learns nothing. Below, cross-entropy looks at the score itself and sends back σ(z) − 1 = −1.',
  file: draw({
    title: 'Squared error against cross-entropy at z = −50',
    nodes: [
      input('z1', 'z₁', -50, [0, 10]),
      gate('sigmoid', 'p', 'p', [250, 0]),
      constant('t1', 't₁', 1, [250, 100]),
      gate('meanSquaredError', 'L1', 'L₁', [450, 60]),
      input('z2', 'z₂', -50, [0, 150]),
      constant('t2', 't₂', 1, [0, 250]),
      gate('sigmoidCrossEntropy', 'L2', 'L₂', [250, 180]),
      gate('add', 'L', 'L', [630, 160]),
    ],
    wires: {
      p: { x: 'z1' },
      L1: { prediction: 'p', target: 't1' },
      L2: { score: 'z2', target: 't2' },
      L: { a: 'L1', b: 'L2' },
    },
    loss: 'L',
  }),
  // PyTorch, and the lecture's −1.
  expected: {
    loss: 51,
    nodes: {
      z1: { gradient: -3.857499695927836e-22 },
      p: { value: 1.928749847963918e-22, gradient: -2 },
      z2: { gradient: -1 },
      L1: { value: 1, gradient: 1 },
      L2: { value: 50, gradient: 1 },
    },
  },
};

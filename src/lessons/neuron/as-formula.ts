import { draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** The same neuron as one gate of the user's own. */
export const sigmoidFormula: Lesson = {
  id: 'sigmoid-formula',
  title: 'Sigmoid neuron, as one formula',
  topic: 'The sigmoid neuron',
  text: 'The whole neuron is one gate of your own: a forward rule and a local gradient for each input, found by differentiating the formula. The five gradients are again the same. Edit the formula at the node.',
  decimals: 2,
  file: draw({
    title: 'Sigmoid neuron, as one formula',
    nodes: [
      parameter('w0', 'w₀', 2, [170, -13]),
      parameter('w1', 'w₁', -3, [0, 17]),
      parameter('w2', 'w₂', -3, [0, 117]),
      input('x0', 'x₀', -1, [170, 147]),
      input('x1', 'x₁', -2, [140, 247]),
      gate('formula', 'f', 'f', [540, 107], { expression: '1/(1+exp(-(w0*x0+w1*x1+w2)))' }),
    ],
    wires: { f: { w0: 'w0', w1: 'w1', w2: 'w2', x0: 'x0', x1: 'x1' } },
    loss: 'f',
  }),
  // As gate by gate.
  expected: {
    loss: 0.7310585786300049,
    nodes: {
      w0: { gradient: -0.19661193324148188 },
      w1: { gradient: -0.39322386648296376 },
      w2: { gradient: 0.19661193324148188 },
      x0: { gradient: 0.39322386648296376 },
      x1: { gradient: -0.5898357997244457 },
    },
  },
};

import { draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** The same neuron with σ as one node: its local gradient is σ(1 − σ). */
export const sigmoidNode: Lesson = {
  id: 'sigmoid-node',
  title: 'Sigmoid neuron, σ as one node',
  topic: 'The sigmoid neuron',
  text: 'Four gates have become one: sigmoid, whose local gradient is σ(1 − σ) = 0.73·0.27 = 0.20. All gradients are those of the graph gate by gate. How finely you cut a function into gates is up to you.',
  decimals: 2,
  file: draw({
    title: 'Sigmoid neuron, σ as one node',
    nodes: [
      parameter('w0', 'w₀', 2, [0, -13]),
      input('x0', 'x₀', -1, [0, 87]),
      gate('mul', 'p0', 'a', [210, 17]),
      parameter('w1', 'w₁', -3, [0, 167]),
      input('x1', 'x₁', -2, [0, 267]),
      gate('mul', 'p1', 'b', [220, 147]),
      parameter('bias', 'w₂', -3, [210, 267]),
      gate('add', 's', 's', [410, 137]),
      gate('sigmoid', 'f', 'f', [590, 147]),
    ],
    wires: {
      p0: { a: 'w0', b: 'x0' },
      p1: { a: 'w1', b: 'x1' },
      s: { a: 'p0', b: 'p1', c: 'bias' },
      f: { x: 's' },
    },
    loss: 'f',
  }),
  // As gate by gate.
  expected: {
    loss: 0.7310585786300049,
    nodes: {
      w0: { gradient: -0.19661193324148188 },
      x0: { gradient: 0.39322386648296376 },
      w1: { gradient: -0.39322386648296376 },
      x1: { gradient: -0.5898357997244457 },
      bias: { gradient: 0.19661193324148188 },
      s: { value: 1, gradient: 0.19661193324148188 },
    },
  },
};

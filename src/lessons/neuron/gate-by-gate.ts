import { constant, draw, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** f = 1/(1 + e^−(w₀x₀ + w₁x₁ + w₂)), every single operation a node. */
export const sigmoidNeuron: Lesson = {
  id: 'sigmoid-neuron',
  title: 'Sigmoid neuron, gate by gate',
  topic: 'The sigmoid neuron',
  text: 'Start at the right with 1 and take one wire at a time: the reciprocal gives −1/q² = −0.53, plus 1 passes it on, the exponential gives −0.20, the minus turns it to 0.20. From there only distributors and switchers are left. Nothing is rounded on the way, so x₀ receives 0.39 where a board that multiplies 2·0.20 shows 0.40.',
  decimals: 2,
  file: draw({
    title: 'Sigmoid neuron, gate by gate',
    nodes: [
      parameter('w0', 'w₀', 2, [0, -23]),
      input('x0', 'x₀', -1, [0, 77]),
      gate('mul', 'p0', 'a', [200, 57]),
      parameter('w1', 'w₁', -3, [0, 187]),
      input('x1', 'x₁', -2, [0, 287]),
      gate('mul', 'p1', 'b', [200, 207]),
      gate('add', 'q', 'c', [380, 127]),
      parameter('w2', 'w₂', -3, [360, 247]),
      gate('add', 's', 's', [560, 127]),
      gate('neg', 'n', 'u', [740, 127]),
      gate('exp', 'e', 'v', [920, 127]),
      constant('one', 'one', 1, [890, 227]),
      gate('add', 'd', 'q', [1100, 127]),
      gate('reciprocal', 'f', 'f', [1280, 137]),
    ],
    wires: {
      p0: { a: 'w0', b: 'x0' },
      p1: { a: 'w1', b: 'x1' },
      q: { a: 'p0', b: 'p1' },
      s: { a: 'q', b: 'w2' },
      n: { x: 's' },
      e: { x: 'n' },
      d: { a: 'e', b: 'one' },
      f: { x: 'd' },
    },
    loss: 'f',
  }),
  // The lecture's 1.37, 0.73, −0.53, −0.20, 0.39 …, in full from PyTorch.
  expected: {
    loss: 0.7310585786300049,
    nodes: {
      w0: { gradient: -0.19661193324148188 },
      x0: { gradient: 0.39322386648296376 },
      w1: { gradient: -0.39322386648296376 },
      x1: { gradient: -0.5898357997244457 },
      w2: { gradient: 0.19661193324148188 },
      s: { value: 1, gradient: 0.19661193324148188 },
      n: { value: -1, gradient: -0.19661193324148188 },
      e: { value: 0.36787944117144233, gradient: -0.534446645388523 },
      d: { value: 1.3678794411714423, gradient: -0.534446645388523 },
      one: { gradient: null },
      f: { gradient: 1 },
    },
  },
};

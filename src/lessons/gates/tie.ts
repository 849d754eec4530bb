import { draw, gate, input } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** max(2, 2), with either policy. */
export const maxTie: Lesson = {
  id: 'max-tie',
  title: 'Max with a tie',
  topic: 'Gates',
  text: 'Both inputs of max are 2: who receives the gradient? Max has no derivative here, so a rule decides. The upper gate gives all of it to its first input, the lower one gives half to each; choose the rule at the node.',
  file: draw({
    title: 'Max with a tie',
    nodes: [
      input('x1', 'x₁', 2, [0, -13]),
      input('y1', 'y₁', 2, [0, 87]),
      gate('max', 'first', 'first', [200, 47]),
      input('x2', 'x₂', 2, [0, 157]),
      input('y2', 'y₂', 2, [0, 257]),
      gate('max', 'split', 'split', [200, 177], { tie: 'split' }),
      gate('add', 'f', 'f', [380, 147]),
    ],
    wires: {
      first: { a: 'x1', b: 'y1' },
      split: { a: 'x2', b: 'y2' },
      f: { a: 'first', b: 'split' },
    },
    loss: 'f',
  }),
  // By definition of the two rules.
  expected: {
    loss: 4,
    nodes: {
      x1: { gradient: 1 },
      y1: { gradient: 0 },
      x2: { gradient: 0.5 },
      y2: { gradient: 0.5 },
      first: { value: 2, gradient: 1 },
      split: { value: 2, gradient: 1 },
    },
  },
};

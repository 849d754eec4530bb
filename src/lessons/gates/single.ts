import { draw, gate, input } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** One gate with two inputs, alone, with an upstream gradient of 2. */
function alone(title: string, op: string, x: number, y: number) {
  return draw({
    title,
    nodes: [
      input('x', 'x', x, [0, 0]),
      input('y', 'y', y, [0, 100]),
      gate(op, 'f', 'f', [260, 50]),
    ],
    wires: { f: { a: 'x', b: 'y' } },
    loss: 'f',
    seed: 2,
  });
}

export const addGate: Lesson = {
  id: 'add-gate',
  title: 'Add: the distributor',
  topic: 'Gates',
  text: 'An upstream gradient of 2 arrives. Both local gradients are 1, so both inputs receive 2. The values x and y do not matter: change them and watch.',
  file: alone('Add: the distributor', 'add', 3, -4),
  // By hand.
  expected: {
    loss: -1,
    nodes: { x: { gradient: 2 }, y: { gradient: 2 }, f: { value: -1, gradient: 2 } },
    wires: { 'x-f-a': { upstream: 2, gradient: 2 }, 'y-f-b': { upstream: 2, gradient: 2 } },
  },
};

export const multiplyGate: Lesson = {
  id: 'multiply-gate',
  title: 'Multiply: the switcher',
  topic: 'Gates',
  text: 'An upstream gradient of 2 arrives. Each input receives it times the value on the other wire: x receives 2·(−4) = −8, y receives 2·3 = 6. A large value on one wire makes a large gradient on the other.',
  file: alone('Multiply: the switcher', 'mul', 3, -4),
  // By hand.
  expected: {
    loss: -12,
    nodes: { x: { gradient: -8 }, y: { gradient: 6 }, f: { value: -12, gradient: 2 } },
    wires: { 'x-f-a': { upstream: 2, gradient: -8 }, 'y-f-b': { upstream: 2, gradient: 6 } },
  },
};

export const maxGate: Lesson = {
  id: 'max-gate',
  title: 'Max: the router',
  topic: 'Gates',
  text: 'An upstream gradient of 2 arrives and takes one way only: to the larger input. The smaller one receives 0, because a small change of it would not change the maximum. Make y larger than x and the way switches.',
  file: alone('Max: the router', 'max', 2, -1),
  // By hand.
  expected: {
    loss: 2,
    nodes: { x: { gradient: 2 }, y: { gradient: 0 }, f: { value: 2, gradient: 2 } },
    wires: { 'x-f-a': { upstream: 2, gradient: 2 }, 'y-f-b': { upstream: 2, gradient: 0 } },
  },
};

import type { Lesson } from '../lesson.ts';

/** f = (x + y)·z at 2, 3, 4: the first graph on every blackboard. */
export const product: Lesson = {
  id: 'product',
  title: '(x + y)·z',
  topic: 'First graphs',
  text: 'Forward first: w = 5, f = 20. Backward, plus hands its upstream gradient on unchanged to both sides; times multiplies it by the value on the other wire. That is why z receives w = 5, and x and y both receive z = 4.',
  file: {
    format: 'gradwire',
    version: 1,
    title: '(x + y)·z',
    nodes: [
      {
        id: 'x',
        op: 'input',
        label: 'x',
        attrs: { shape: [], value: 2 },
        position: { x: 0, y: 0 },
      },
      {
        id: 'y',
        op: 'input',
        label: 'y',
        attrs: { shape: [], value: 3 },
        position: { x: 0, y: 120 },
      },
      {
        id: 'z',
        op: 'input',
        label: 'z',
        attrs: { shape: [], value: 4 },
        position: { x: 0, y: 270 },
      },
      { id: 'add', op: 'add', label: 'w', position: { x: 260, y: 40 } },
      { id: 'mul', op: 'mul', label: 'f', position: { x: 520, y: 150 } },
    ],
    wires: [
      { id: 'wx', from: { node: 'x', port: 'out' }, to: { node: 'add', port: 'a' } },
      { id: 'wy', from: { node: 'y', port: 'out' }, to: { node: 'add', port: 'b' } },
      { id: 'ww', from: { node: 'add', port: 'out' }, to: { node: 'mul', port: 'a' }, name: 'w' },
      { id: 'wz', from: { node: 'z', port: 'out' }, to: { node: 'mul', port: 'b' } },
    ],
    loss: { node: 'mul', seed: 1 },
    frames: [],
    notes: [],
  },
  // The lecture's numbers.
  expected: {
    loss: 20,
    nodes: {
      x: { value: 2, gradient: 4 },
      y: { value: 3, gradient: 4 },
      z: { value: 4, gradient: 5 },
      add: { value: 5, gradient: 4 },
      mul: { value: 20, gradient: 1 },
    },
    wires: { ww: { upstream: 1, gradient: 4 }, wz: { upstream: 1, gradient: 5 } },
  },
};

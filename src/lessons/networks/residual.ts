import { draw, examples, gate, input, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** y = x + w₂·ReLU(w₁·x) in plain numbers. */
export const residualNumbers: Lesson = {
  id: 'residual-numbers',
  title: 'Residual block in numbers',
  topic: 'Networks',
  text: 'Two small weights leave hardly anything of the gradient: 0.05 arrives at x through the lower way. The plus passes the upstream gradient on to x as it is, so 1.05 arrives altogether. Set w₂ to 0: the gradient still gets through.',
  file: draw({
    title: 'Residual block in numbers',
    nodes: [
      input('x', 'x', 2, [0, -13]),
      parameter('w1', 'w₁', 0.5, [0, 347]),
      gate('mul', 'a', 'a', [170, 127]),
      gate('relu', 'h', 'h', [350, 127]),
      parameter('w2', 'w₂', 0.1, [330, 247]),
      gate('mul', 'F', 'F', [530, 127]),
      gate('add', 'y', 'y', [710, 77]),
    ],
    wires: {
      a: { a: 'x', b: 'w1' },
      h: { x: 'a' },
      F: { a: 'h', b: 'w2' },
      y: { a: 'x', b: 'F' },
    },
    loss: 'y',
  }),
  // By hand.
  expected: {
    loss: 2.1,
    nodes: {
      x: { gradient: 1.05 },
      w1: { gradient: 0.2 },
      w2: { gradient: 1 },
      a: { value: 1, gradient: 0.1 },
      F: { value: 0.1, gradient: 1 },
    },
    wires: { 'x-y-a': { gradient: 1 }, 'x-a-a': { gradient: 0.05 } },
  },
};

/** out = ReLU(x + W₂·ReLU(W₁x + b₁) + b₂) on two examples. */
export const residual: Lesson = {
  id: 'residual',
  title: 'Residual block',
  topic: 'Networks',
  text: 'The plus is a distributor: the same gradient goes into the block and, on the wire above, straight back to x. In the first example both hidden units are shut off by ReLU, so the block passes nothing, and x lives from the upper wire alone.',
  file: draw({
    title: 'Residual block',
    nodes: [
      examples(
        'x',
        'x',
        [
          [0.571, 0.517, -1.185],
          [-0.088, -0.686, 0.838],
        ],
        [120, -13],
      ),
      parameter(
        'u0W',
        'W₁',
        [
          [-0.469, -0.123, 1.098],
          [-1.062, -1.079, 1.452],
          [-1.608, -0.843, -0.902],
        ],
        [30, 197],
      ),
      parameter('u0b', 'b₁', [-0.182, -0.482, -0.293], [0, 507]),
      gate('affine', 'u0', 'a', [380, 187]),
      gate('relu', 'u0act', 'h', [620, 177]),
      parameter(
        'v0W',
        'W₂',
        [
          [-0.357, 0.354, 0.695],
          [0.12, 0.737, 0.603],
          [0.898, 2.099, 0.06],
        ],
        [40, 437],
      ),
      parameter('v0b', 'b₂', [-0.225, 0.206, 0.026], [330, 571]),
      gate('affine', 'v0', 'F', [880, 247]),
      gate('add', 'plus0', 's', [1160, 157]),
      gate('relu', 'out0', 'y', [1440, 157]),
      examples(
        't',
        't',
        [
          [0.752, 1.12, -0.551],
          [-0.204, 2.077, 0.041],
        ],
        [740, 547],
      ),
      gate('meanSquaredError', 'L', 'L', [1700, 167]),
    ],
    wires: {
      u0: { x: 'x', w: 'u0W', b: 'u0b' },
      u0act: { x: 'u0' },
      v0: { x: 'u0act', w: 'v0W', b: 'v0b' },
      plus0: { a: 'x', b: 'v0' },
      out0: { x: 'plus0' },
      L: { prediction: 'out0', target: 't' },
    },
    loss: 'L',
  }),
  // PyTorch.
  expected: {
    loss: 4.378471870756196,
    nodes: {
      x: {
        gradient: [
          [-0.13533333333333333, -0.13233333333333336, 0.0],
          [-3.9578584415839693, -3.9545049821829448, 7.686568442314092],
        ],
      },
      plus0: {
        gradient: [
          [-0.13533333333333333, -0.13233333333333336, 0.0],
          [0.0, -0.432472386, 1.630265075333333],
        ],
      },
      u0: {
        gradient: [
          [0.0, 0.0, 0.0],
          [1.4120813513293329, 3.1031942446426664, 0.0],
        ],
      },
      v0b: { gradient: [-0.13533333333333333, -0.5648057193333333, 1.630265075333333] },
    },
    wires: {
      'x-plus0-a': {
        gradient: [
          [-0.13533333333333333, -0.13233333333333336, 0.0],
          [0.0, -0.432472386, 1.630265075333333],
        ],
      },
    },
  },
};

import { draw, examples, gate, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** One trunk, two heads: classes, and values to predict; L = L₁ + 0.3·L₂. */
export const multiTask: Lesson = {
  id: 'multi-task',
  title: 'Two tasks, one trunk',
  topic: 'Networks',
  text: 'One trunk feeds two heads, one for a class and one for two values. The weighted sum sends 1 to the first loss and 0.3 to the second (each divided by the four examples), and at h the gradients of both tasks add. Three of the examples have all four hidden units off: they teach the trunk nothing.',
  file: draw({
    title: 'Two tasks, one trunk',
    nodes: [
      examples(
        'x',
        'x',
        [
          [-0.11, -0.735, 0.567],
          [1.495, -0.074, -0.275],
          [1.841, -0.97, 0.275],
          [-0.009, 0.518, -0.569],
        ],
        [50, -29],
      ),
      parameter(
        'trunkW',
        'W',
        [
          [-0.347, -0.236, -0.306],
          [0.195, 0.934, 0.145],
          [-1.978, -0.698, 0.869],
          [-0.504, -1.162, 0.883],
        ],
        [10, 167],
      ),
      parameter('trunkb', 'b', [-0.298, -0.405, -0.077, -0.488], [0, 387]),
      gate('affine', 'trunk', 'a', [470, 157]),
      gate('relu', 'trunkact', 'h', [710, 147]),
      parameter(
        'head1W',
        'W₁',
        [
          [-0.046, -0.466, -0.771, 1.091],
          [0.103, -1.301, 1.015, -1.369],
          [0.034, -0.207, 0.12, 0.041],
        ],
        [934, 247],
      ),
      parameter('head1b', 'b₁', [0.351, -0.273, 0.379], [530, 417]),
      gate('affine', 'head1', 'z₁', [1274, 207]),
      examples('label', 't₁', [1.0, 1.0, 0.0, 1.0], [1254, 417]),
      gate('softmaxCrossEntropy', 'L1', 'L₁', [1534, 207]),
      parameter(
        'head2W',
        'W₂',
        [
          [0.181, 0.201, -0.954, -1.362],
          [0.592, 1.331, 0.384, 1.128],
        ],
        [270, 517],
      ),
      parameter('head2b', 'b₂', [0.488, 0.404], [470, 687]),
      gate('affine', 'head2', 'z₂', [870, 497]),
      examples(
        'value',
        't₂',
        [
          [-0.297, 0.942],
          [-1.683, -0.975],
          [-0.732, 0.145],
          [-1.797, -0.171],
        ],
        [840, 691],
      ),
      gate('squaredError', 'L2', 'L₂', [1310, 497]),
      gate('weightedSum', 'L', 'L', [1700, 477], { weights: [1, 0.3] }),
    ],
    wires: {
      trunk: { x: 'x', w: 'trunkW', b: 'trunkb' },
      trunkact: { x: 'trunk' },
      head1: { x: 'trunkact', w: 'head1W', b: 'head1b' },
      head2: { x: 'trunkact', w: 'head2W', b: 'head2b' },
      L1: { scores: 'head1', target: 'label' },
      L2: { prediction: 'head2', target: 'value' },
      L: { a: 'L1', b: 'L2' },
    },
    loss: 'L',
  }),
  // PyTorch.
  expected: {
    loss: 2.09968117209482,
    nodes: {
      L1: {
        value: [1.7670485411856232, 1.5656436696560498, 0.94164366965605, 1.5656436696560498],
        gradient: [0.25, 0.25, 0.25, 0.25],
      },
      L2: {
        value: [1.6680439607516908, 3.3074410000000003, 0.7777405, 2.7759250000000004],
        gradient: [0.075, 0.075, 0.075, 0.075],
      },
      trunkact: {
        gradient: [
          [-0.001655483737113151, 0.2715088673450662, -0.13504245078979513, 0.6362479930955328],
          [0.06925364641458415, 0.36148611227019023, -0.3794859586860108, 0.27611105446411344],
          [0.043865821414584144, 0.026595787270190182, 0.10280209131398922, -0.33649629553588656],
          [0.035103596414584146, 0.2829453622701902, -0.4107978586860108, 0.19644755446411347],
        ],
      },
      trunkb: { gradient: [0.0, 0.0, -0.13504245078979513, 0.6362479930955328] },
      x: {
        gradient: [
          [-0.05355502085793379, -0.6450605373257321, 0.44445508816702345],
          [0.0, 0.0, 0.0],
          [0.0, 0.0, 0.0],
          [0.0, 0.0, 0.0],
        ],
      },
    },
  },
};

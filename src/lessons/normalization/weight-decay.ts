import { draw, examples, gate, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** L = cross-entropy + 0.05·‖W‖², the penalty as a branch of its own. */
export const weightDecay: Lesson = {
  id: 'weight-decay',
  title: 'L2 penalty as a branch of the loss',
  topic: 'Normalization and regularization',
  text: 'Regularization is one more branch: W goes into the affine layer and into the penalty ½·0.1·‖W‖². The gradient from the data and the penalty’s part, 0.1·W, add at W. That part pulls every weight towards 0: weight decay. The bias is left alone.',
  file: draw({
    title: 'L2 penalty as a branch of the loss',
    nodes: [
      examples(
        'x',
        'x',
        [
          [-2.386, -0.862, -0.239, 0.817],
          [1.0, -1.08, -0.149, -1.944],
          [1.235, 1.321, 0.478, 1.068],
        ],
        [220, -13],
      ),
      parameter(
        'zW',
        'W',
        [
          [-0.01, -0.678, 0.606, -0.411],
          [1.228, -0.505, 0.409, -0.741],
          [-0.587, -0.616, 1.93, -0.003],
        ],
        [120, 377],
      ),
      parameter('zb', 'b', [0.102, -0.038, 0.25], [0, 127]),
      gate('affine', 'z', 'z', [470, 207]),
      examples('t', 't', [2.0, 0.0, 0.0], [490, 517]),
      gate('softmaxCrossEntropy', 'data', 'a', [710, 207]),
      gate('l2Penalty', 'decay', 'r', [690, 487], { strength: 0.1 }),
      gate('add', 'L', 'L', [880, 477]),
    ],
    wires: {
      z: { x: 'x', w: 'zW', b: 'zb' },
      data: { scores: 'z', target: 't' },
      decay: { x: 'zW' },
      L: { a: 'data', b: 'decay' },
    },
    loss: 'L',
  }),
  // PyTorch; the penalty's part by hand: 0.1·W.
  expected: {
    loss: 1.6666982390956757,
    nodes: {
      decay: { value: 0.3962123, gradient: 1 },
      zW: {
        gradient: [
          [-0.7685655424615327, -0.18673117291767577, -0.04534980912005232, 0.25351176379590246],
          [0.6049445433972183, -0.10385300517886115, 0.08610648564999658, -0.39943639371746203],
          [0.2267209990643144, 0.11068417809653679, 0.25374332347005574, 0.030424629921559525],
        ],
      },
      zb: { gradient: [-0.49553626971106746, 0.4466541482630583, 0.04888212144800906] },
    },
    wires: {
      'zW-decay-x': {
        gradient: [
          [-0.001, -0.0678, 0.0606, -0.0411],
          [0.1228, -0.0505, 0.0409, -0.0741],
          [-0.0587, -0.0616, 0.193, -0.0003],
        ],
      },
    },
  },
};

import { draw, examples, gate, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** affine → ReLU → affine → softmax cross-entropy on three examples. */
export const threeFourTwo: Lesson = {
  id: 'three-four-two',
  title: 'A 3-4-2 network',
  topic: 'Networks',
  text: 'Three inputs, four hidden units, two classes: 26 parameters. The loss sends back p − t, divided by the number of examples; each affine layer then gives W a gradient of the shape of W. The parameters are shared by the three examples, so theirs are sums over them; x has one per example.',
  file: draw({
    title: 'A 3-4-2 network',
    nodes: [
      examples(
        'x',
        'x',
        [
          [0.06, 1.238, 0.1],
          [0.019, 0.876, -0.431],
          [-0.092, -0.541, 1.656],
        ],
        [90, -13],
      ),
      parameter(
        'l1W',
        'W₁',
        [
          [0.276, -0.669, -1.513],
          [-1.192, 0.117, 0.518],
          [0.382, -0.433, -0.139],
          [-0.017, 0.393, 0.401],
        ],
        [30, 167],
      ),
      parameter('l1b', 'b₁', [0.49, 0.453, 0.217, -0.415], [0, 357]),
      gate('affine', 'l1', 'a', [440, 127]),
      gate('relu', 'l1act', 'h', [680, 127]),
      parameter(
        'l2W',
        'W₂',
        [
          [-0.831, 0.559, 1.207, -1.776],
          [0.672, -0.766, -0.228, 0.92],
        ],
        [60, 427],
      ),
      parameter('l2b', 'b₂', [0.106, 0.175], [470, 427]),
      gate('affine', 'l2', 'z', [920, 197]),
      examples('t', 't', [1.0, 0.0, 0.0], [960, 427]),
      gate('softmaxCrossEntropy', 'L', 'L', [1170, 197]),
    ],
    wires: {
      l1: { x: 'x', w: 'l1W', b: 'l1b' },
      l1act: { x: 'l1' },
      l2: { x: 'l1act', w: 'l2W', b: 'l2b' },
      L: { scores: 'l2', target: 't' },
    },
    loss: 'L',
  }),
  // PyTorch.
  expected: {
    loss: 0.6760384407670493,
    nodes: {
      l2: {
        gradient: [
          [0.19946656635152626, -0.19946656635152624],
          [-0.2076772848242704, 0.20767728482427042],
          [-0.04361180370869089, 0.043611803708690874],
        ],
      },
      l2b: { gradient: [-0.051822522181435016, 0.05182252218143504] },
      l2W: {
        gradient: [
          [
            -0.11656988300371744, -0.008166021459406675, -0.008108524604538354,
            0.020406240946851523,
          ],
          [0.11656988300371746, 0.008166021459406661, 0.00810852460453835, -0.02040624094685152],
        ],
      },
      l1b: {
        gradient: [
          0.3121389590908784, -0.0686648418904014, -0.06258293832197143, -0.42018444008508427,
        ],
      },
      x: {
        gradient: [
          [-0.3058955432265774, -0.1804181076646546, -0.07873862920099961],
          [0.4141558563605351, -0.24101613471168018, -0.614805549543637],
          [0.04297498415093656, 0.06654541958333565, 0.025914613493544923],
        ],
      },
    },
  },
};

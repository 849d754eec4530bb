import type { Lesson } from '../lesson.ts';

const weights = (id: string, label: string, shape: readonly number[], x: number, y: number) => ({
  id,
  op: 'parameter',
  label,
  attrs: { shape, init: shape.length > 1 ? { kind: 'he' } : { kind: 'constant', value: 0 } },
  position: { x, y },
});

const wire = (from: string, node: string, port: string) => ({
  id: `${from}-${node}`,
  from: { node: from, port: 'out' },
  to: { node, port },
});

/** 784-128-10: the two-layer net on handwritten digits. */
export const mnist: Lesson = {
  id: 'mnist',
  title: 'Two-layer net on MNIST',
  topic: 'Networks to train',
  text: 'A net with one hidden layer: 784 pixels, 128 hidden units, 10 classes, and 101,770 parameters. It waits for images: go to Train, choose the data and start. The trained parameters come back into the graph in one step that can be undone.',
  file: {
    format: 'gradwire',
    version: 1,
    title: 'Two-layer net on MNIST',
    nodes: [
      {
        id: 'x',
        op: 'input',
        label: 'x',
        attrs: { shape: [784], batched: true, field: 'x' },
        position: { x: 0, y: 0 },
      },
      weights('W1', 'W₁', [128, 784], 0, 140),
      weights('b1', 'b₁', [128], 0, 280),
      { id: 'z1', op: 'affine', label: 'z₁', position: { x: 310, y: 120 } },
      { id: 'h', op: 'relu', label: 'h', position: { x: 470, y: 130 } },
      weights('W2', 'W₂', [10, 128], 440, 300),
      weights('b2', 'b₂', [10], 480, 460),
      { id: 'z2', op: 'affine', label: 'z₂', position: { x: 800, y: 230 } },
      {
        id: 'y',
        op: 'input',
        label: 'y',
        attrs: { shape: [], batched: true, field: 'y' },
        position: { x: 780, y: 420 },
      },
      { id: 'loss', op: 'softmaxCrossEntropy', label: 'L', position: { x: 1040, y: 250 } },
    ],
    wires: [
      wire('x', 'z1', 'x'),
      wire('W1', 'z1', 'w'),
      wire('b1', 'z1', 'b'),
      wire('z1', 'h', 'x'),
      wire('h', 'z2', 'x'),
      wire('W2', 'z2', 'w'),
      wire('b2', 'z2', 'b'),
      wire('z2', 'loss', 'scores'),
      wire('y', 'loss', 'target'),
    ],
    loss: { node: 'loss', seed: 1 },
    frames: [],
    notes: [],
    training: { optimizer: 'sgd', learningRate: 0.5, batchSize: 128, epochs: 5, seed: 0 },
  },
};

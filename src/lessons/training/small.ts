import type { Lesson } from '../lesson.ts';
import { netFile } from './net.ts';

const topic = 'Networks to train';

/** The templates on data that are built in. */
export const xorClassifier: Lesson = {
  id: 'xor-classifier',
  title: 'XOR classifier',
  topic,
  text: 'Points in the plane, in two classes that no straight line separates: class 1 is where the signs of the coordinates differ. Eight hidden units do it. The data are built in: go to Train, start, and watch the regions.',
  file: netFile({
    title: 'XOR classifier',
    input: [2],
    layers: [
      { kind: 'dense', units: 8, activation: 'tanh' },
      { kind: 'dense', units: 2 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      optimizer: 'adam',
      learningRate: 0.02,
      batchSize: 16,
      epochs: 60,
      data: { set: 'xor' },
    },
  }),
};

export const spiralClassifier: Lesson = {
  id: 'spiral-classifier',
  title: 'Spiral classifier',
  topic,
  text: 'Two arms wound into each other: the hardest of the small data sets. Two hidden layers of 24 tanh units bend the plane until a straight line separates them. The data are built in: go to Train, start, and watch the regions.',
  file: netFile({
    title: 'Spiral classifier',
    input: [2],
    layers: [
      { kind: 'dense', units: 24, activation: 'tanh' },
      { kind: 'dense', units: 24, activation: 'tanh' },
      { kind: 'dense', units: 2 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      optimizer: 'adam',
      learningRate: 0.01,
      batchSize: 16,
      epochs: 100,
      data: { set: 'spirals' },
    },
  }),
};

export const irisClassifier: Lesson = {
  id: 'iris-classifier',
  title: 'Iris classifier',
  topic,
  text: 'Four lengths of a flower tell which of three kinds of iris it is: 150 flowers measured by Anderson, made famous by Fisher (1936). One hidden layer of eight units. The data are built in: go to Train and start.',
  file: netFile({
    title: 'Iris classifier',
    input: [4],
    layers: [
      { kind: 'dense', units: 8, activation: 'tanh' },
      { kind: 'dense', units: 3 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      optimizer: 'adam',
      learningRate: 0.02,
      batchSize: 16,
      epochs: 60,
      data: { set: 'iris', scaling: 'standard' },
    },
  }),
};

export const digitsClassifier: Lesson = {
  id: 'digits-classifier',
  title: 'Digits of 8 × 8 pixels',
  topic,
  text: 'Handwritten digits, so small that they are built in: 8 × 8 pixels, ten classes. One convolution with pooling and one layer of scores learn them within seconds. Go to Train and start; then draw a digit of your own.',
  file: netFile({
    title: 'Digits of 8 × 8 pixels',
    input: [8, 8, 1],
    layers: [
      { kind: 'conv', filters: 16, size: 3, padding: 1, activation: 'relu' },
      { kind: 'pool' },
      { kind: 'flatten' },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      optimizer: 'adam',
      learningRate: 0.005,
      batchSize: 32,
      epochs: 15,
      data: { set: 'digits' },
    },
  }),
};

const source = (
  id: string,
  op: 'input' | 'parameter',
  label: string,
  attrs: object,
  x: number,
  line: number,
) => ({ id, op, label, attrs, position: { x, y: line - 25 } });
const gate = (id: string, op: string, label: string, x: number, line: number, attrs?: object) => ({
  id,
  op,
  label,
  ...(attrs ? { attrs } : {}),
  position: { x, y: line - 38 },
});
const wire = (from: string, node: string, port: string) => ({
  id: `${from}-${node}-${port}`,
  from: { node: from, port: 'out' },
  to: { node, port },
});
const scalar = { shape: [], init: { kind: 'constant', value: 0 } };

export const polynomialRegression: Lesson = {
  id: 'polynomial-regression',
  title: 'Polynomial regression',
  topic,
  text: 'Points around y = x − 2x² + x³, and a polynomial of order 3 with weights that start at 0. Training should find 1, −2, 1 and a bias of 0. The data are built in: go to Train, start, and watch the curve.',
  file: {
    format: 'gradwire',
    version: 1,
    title: 'Polynomial regression',
    nodes: [
      source('x', 'input', 'x', { shape: [], batched: true, field: 'x' }, 0, 150),
      gate('square', 'power', 'x²', 190, 150, { exponent: 2 }),
      gate('cube', 'power', 'x³', 190, 340, { exponent: 3 }),
      source('w1', 'parameter', 'w₁', scalar, 190, 20),
      source('w2', 'parameter', 'w₂', scalar, 370, 210),
      source('w3', 'parameter', 'w₃', scalar, 370, 400),
      gate('first', 'mul', 'w₁x', 560, 40),
      gate('second', 'mul', 'w₂x²', 560, 180),
      gate('third', 'mul', 'w₃x³', 560, 360),
      gate('low', 'add', 'p', 740, 110),
      gate('high', 'add', 'q', 900, 220),
      source('b', 'parameter', 'b', scalar, 880, 360),
      gate('line', 'add', 'ŷ', 1080, 260),
      source('y', 'input', 'y', { shape: [], batched: true, field: 'y' }, 1060, 400),
      gate('loss', 'squaredError', 'L', 1260, 300),
    ],
    wires: [
      wire('x', 'square', 'x'),
      wire('x', 'cube', 'x'),
      wire('w1', 'first', 'a'),
      wire('x', 'first', 'b'),
      wire('square', 'second', 'a'),
      wire('w2', 'second', 'b'),
      wire('cube', 'third', 'a'),
      wire('w3', 'third', 'b'),
      wire('first', 'low', 'a'),
      wire('second', 'low', 'b'),
      wire('low', 'high', 'a'),
      wire('third', 'high', 'b'),
      wire('high', 'line', 'a'),
      wire('b', 'line', 'b'),
      wire('line', 'loss', 'prediction'),
      wire('y', 'loss', 'target'),
    ],
    loss: { node: 'loss', seed: 1 },
    frames: [],
    notes: [],
    training: {
      optimizer: 'adam',
      learningRate: 0.05,
      batchSize: 32,
      epochs: 100,
      seed: 0,
      data: { set: 'polynomial' },
    },
  },
};

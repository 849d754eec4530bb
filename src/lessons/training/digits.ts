import type { Lesson } from '../lesson.ts';
import { netFile } from './net.ts';

const topic = 'Networks to train';

const momentum = { optimizer: 'momentum', momentum: 0.9 } as const;

/** The templates for MNIST and its kin, 28 × 28 images in ten classes. */
export const softmaxMnist: Lesson = {
  id: 'softmax-mnist',
  title: 'Softmax regression on MNIST',
  topic,
  text: 'One layer: every class has a template of 784 weights, and the softmax of the ten scores is compared with the label. 7,850 parameters. Go to Train, choose the folder with MNIST and start; then look at the rows of W as images.',
  file: netFile({
    title: 'Softmax regression on MNIST',
    input: [784],
    layers: [{ kind: 'dense', units: 10 }],
    loss: 'softmaxCrossEntropy',
    training: { learningRate: 0.5, batchSize: 128, epochs: 5 },
  }),
};

export const deepMnist: Lesson = {
  id: 'deep-mnist',
  title: 'Five-layer net with batch normalization and dropout on MNIST',
  topic,
  text: 'Five layers, each hidden one normalized over the mini-batch, then dropout with 90 % kept. In testing, running averages stand in for the batch and nothing is dropped. Go to Train and choose the folder with MNIST.',
  file: netFile({
    title: 'Five-layer net with batch normalization and dropout on MNIST',
    input: [784],
    layers: [
      ...[256, 128, 128, 64].flatMap((units) => [
        { kind: 'dense', units, normalized: true, activation: 'relu' } as const,
        { kind: 'dropout', keep: 0.9 } as const,
      ]),
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: { ...momentum, learningRate: 0.05, batchSize: 128, epochs: 5 },
  }),
};

export const cnnMnist: Lesson = {
  id: 'cnn-mnist',
  title: 'Small convolutional net on MNIST',
  topic,
  text: 'Two convolutions with 5 × 5 filters, each followed by max pooling, then one layer of scores: 5,994 parameters see more than 100,000 of a net without convolutions. Go to Train and choose the folder with MNIST; then look at the filters.',
  file: netFile({
    title: 'Small convolutional net on MNIST',
    input: [28, 28, 1],
    layers: [
      { kind: 'conv', filters: 8, size: 5, activation: 'relu' },
      { kind: 'pool' },
      { kind: 'conv', filters: 16, size: 5, activation: 'relu' },
      { kind: 'pool' },
      { kind: 'flatten' },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      optimizer: 'adam',
      learningRate: 0.002,
      batchSize: 64,
      epochs: 3,
      schedule: { type: 'cosine', floor: 0 },
    },
  }),
};

export const lenetMnist: Lesson = {
  id: 'lenet-mnist',
  title: 'LeNet on MNIST',
  topic,
  text: 'Two convolutions with pooling, then three layers of 120, 84 and 10 units, after LeCun and others (1998), with relus and max pooling as they are used today: 61,706 parameters. Go to Train and choose the folder with MNIST.',
  file: netFile({
    title: 'LeNet on MNIST',
    input: [28, 28, 1],
    layers: [
      { kind: 'conv', filters: 6, size: 5, padding: 2, activation: 'relu' },
      { kind: 'pool' },
      { kind: 'conv', filters: 16, size: 5, activation: 'relu' },
      { kind: 'pool' },
      { kind: 'flatten' },
      { kind: 'dense', units: 120, activation: 'relu' },
      { kind: 'dense', units: 84, activation: 'relu' },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      optimizer: 'adam',
      learningRate: 0.002,
      batchSize: 64,
      epochs: 3,
      schedule: { type: 'cosine', floor: 0 },
    },
  }),
};

export const residualMnist: Lesson = {
  id: 'residual-mnist',
  title: 'Small residual net on MNIST',
  topic,
  text: 'Two residual blocks: what comes in is added to what two convolutions make of it, so that the gradient has a way of its own past them. Go to Train and choose the folder with MNIST. Each block is a frame that can be folded.',
  file: netFile({
    title: 'Small residual net on MNIST',
    input: [28, 28, 1],
    layers: [
      {
        kind: 'conv',
        filters: 8,
        size: 5,
        stride: 1,
        padding: 2,
        normalized: true,
        activation: 'relu',
      },
      { kind: 'pool' },
      { kind: 'residual', filters: 8 },
      { kind: 'pool' },
      { kind: 'residual', filters: 16 },
      { kind: 'globalAverage' },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      ...momentum,
      learningRate: 0.1,
      batchSize: 128,
      epochs: 3,
      schedule: { type: 'cosine', floor: 0 },
    },
  }),
};

export const autoencoderMnist: Lesson = {
  id: 'autoencoder-mnist',
  title: 'Autoencoder on MNIST',
  topic,
  text: 'The image itself is what is wanted: 784 pixels go through 32 numbers and come out again. The loss is the mean squared difference of input and output; nothing is labelled. Go to Train and choose the folder with MNIST.',
  file: netFile({
    title: 'Autoencoder on MNIST',
    input: [784],
    layers: [
      { kind: 'dense', units: 128, activation: 'relu' },
      { kind: 'dense', units: 32, activation: 'relu' },
      { kind: 'dense', units: 128, activation: 'relu' },
      { kind: 'dense', units: 784, activation: 'sigmoid' },
    ],
    loss: 'reconstruction',
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 128, epochs: 5 },
  }),
};

import type { Lesson } from '../lesson.ts';
import { netFile } from './net.ts';

const topic = 'Networks to train';

const momentum = { optimizer: 'momentum', momentum: 0.9 } as const;
/** Every channel with mean 0 and deviation 1 over the training part. */
const standard = { scaling: 'standard', per: 'channel' } as const;

/** The templates for CIFAR-10, 32 × 32 colour images in ten classes. */
export const softmaxCifar: Lesson = {
  id: 'softmax-cifar',
  title: 'Softmax regression on CIFAR-10',
  topic,
  text: 'One layer on 3,072 numbers, the simplest classifier there is: it reaches 35 to 40 % on all of CIFAR-10. Go to Train, choose the folder with CIFAR-10 and start; the rows of W, as images, are the templates of the ten classes.',
  file: netFile({
    title: 'Softmax regression on CIFAR-10',
    input: [3072],
    layers: [{ kind: 'dense', units: 10 }],
    loss: 'softmaxCrossEntropy',
    training: {
      learningRate: 0.01,
      batchSize: 128,
      epochs: 25,
      weightDecay: 0.4,
      schedule: { type: 'cosine', floor: 0 },
      data: { ...standard, augmentation: { flip: true } },
    },
  }),
};

export const twoLayerCifar: Lesson = {
  id: 'two-layer-cifar',
  title: 'Two-layer net on CIFAR-10',
  topic,
  text: 'A net with 100 hidden relus on the 3,072 numbers of an image, with weight decay: about 50 % on all of CIFAR-10. Go to Train, choose the folder with CIFAR-10 and start.',
  file: netFile({
    title: 'Two-layer net on CIFAR-10',
    input: [3072],
    layers: [
      { kind: 'dense', units: 100, activation: 'relu' },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      ...momentum,
      learningRate: 0.003,
      batchSize: 100,
      epochs: 15,
      weightDecay: 0.05,
      schedule: { type: 'cosine', floor: 0 },
      data: { ...standard, augmentation: { flip: true } },
    },
  }),
};

export const deepCifar: Lesson = {
  id: 'deep-cifar',
  title: 'Five-layer net with batch normalization and dropout on CIFAR-10',
  topic,
  text: 'Five layers without convolutions, each hidden one normalized over the mini-batch and followed by dropout. Go to Train and choose the folder with CIFAR-10; images are flipped at random.',
  file: netFile({
    title: 'Five-layer net with batch normalization and dropout on CIFAR-10',
    input: [3072],
    layers: [
      ...[256, 128, 128, 64].flatMap((units) => [
        { kind: 'dense', units, normalized: true, activation: 'relu' } as const,
        { kind: 'dropout', keep: 0.8 } as const,
      ]),
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      ...momentum,
      learningRate: 0.03,
      batchSize: 100,
      epochs: 20,
      weightDecay: 0.0005,
      schedule: { type: 'cosine', floor: 0 },
      data: { ...standard, augmentation: { flip: true } },
    },
  }),
};

export const cnnCifar: Lesson = {
  id: 'cnn-cifar',
  title: 'Small convolutional net on CIFAR-10',
  topic,
  text: 'Three convolutions with 3 × 3 filters, each normalized, followed by relus and max pooling, then dropout and one layer of scores. Go to Train and choose the folder with CIFAR-10; images are flipped at random.',
  file: netFile({
    title: 'Small convolutional net on CIFAR-10',
    input: [32, 32, 3],
    layers: [
      ...[32, 64, 64].flatMap((filters) => [
        {
          kind: 'conv',
          filters,
          size: 3,
          padding: 1,
          normalized: true,
          activation: 'relu',
        } as const,
        { kind: 'pool' } as const,
      ]),
      { kind: 'flatten' },
      { kind: 'dropout', keep: 0.5 },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      optimizer: 'adam',
      learningRate: 0.002,
      batchSize: 64,
      epochs: 25,
      weightDecay: 0.0005,
      schedule: { type: 'cosine', floor: 0 },
      data: { ...standard, augmentation: { flip: true } },
    },
  }),
};

export const lenetCifar: Lesson = {
  id: 'lenet-cifar',
  title: 'LeNet on CIFAR-10',
  topic,
  text: 'LeCun’s net of 1998 on colour images: two convolutions with pooling, then three layers of 120, 84 and 10 units, with relus and max pooling as they are used today. Go to Train and choose the folder with CIFAR-10.',
  file: netFile({
    title: 'LeNet on CIFAR-10',
    input: [32, 32, 3],
    layers: [
      { kind: 'conv', filters: 6, size: 5, activation: 'relu' },
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
      ...momentum,
      learningRate: 0.01,
      batchSize: 64,
      epochs: 15,
      data: { ...standard, augmentation: { flip: true } },
    },
  }),
};

export const residualCifar: Lesson = {
  id: 'residual-cifar',
  title: 'Small residual net on CIFAR-10',
  topic,
  text: 'Three residual blocks after He and others (2015): what comes in is added to what two convolutions make of it. Where the number of channels changes, a 1 × 1 convolution stands on the way past. Go to Train and choose the folder with CIFAR-10.',
  file: netFile({
    title: 'Small residual net on CIFAR-10',
    input: [32, 32, 3],
    layers: [
      { kind: 'conv', filters: 16, size: 3, padding: 1, normalized: true, activation: 'relu' },
      { kind: 'pool' },
      { kind: 'residual', filters: 16 },
      { kind: 'pool' },
      { kind: 'residual', filters: 32 },
      { kind: 'pool' },
      { kind: 'residual', filters: 64 },
      { kind: 'globalAverage' },
      { kind: 'dense', units: 10 },
    ],
    loss: 'softmaxCrossEntropy',
    training: {
      ...momentum,
      learningRate: 0.05,
      batchSize: 64,
      epochs: 20,
      weightDecay: 0.0005,
      schedule: { type: 'cosine', floor: 0 },
      data: { ...standard, augmentation: { flip: true, crop: 4 } },
    },
  }),
};

import type { Operation } from '#ops';
import { find, type Names } from './fuzzy.ts';

/** What people type for an operation beside its own names and symbol. */
const alsoCalled: Readonly<Record<string, Names>> = {
  add: ['plus', 'sum of two', 'bias'],
  sub: ['-', 'minus', 'difference'],
  mul: ['*', '·', 'times', 'product', 'Hadamard'],
  div: ['/', 'quotient'],
  power: ['^', '**', 'exponent'],
  matmul: ['@', 'matrix product', 'W·x', 'dense', 'linear'],
  dot: ['inner product', 'scalar product', '⋅'],
  neg: ['minus'],
  reciprocal: ['inverse of a number', '1/'],
  log: ['logarithm', 'log'],
  exp: ['exponential', 'e^x'],
  relu: ['rectifier', 'max(0,x)'],
  sigmoid: ['logistic', 'squash'],
  square: ['^2'],
  sqrt: ['square root'],
  abs: ['|x|', 'modulus'],
  affine: ['dense', 'linear layer', 'fully connected', 'Wx + b'],
  conv2d: ['convolution'],
  maxPool2d: ['max pooling'],
  avgPool2d: ['average pooling'],
  batchNorm: ['batch normalization', 'BN'],
  layerNorm: ['layer normalization', 'LN'],
  softmaxCrossEntropy: ['softmax loss', 'negative log likelihood', 'NLL'],
  sigmoidCrossEntropy: ['BCE', 'logistic loss'],
  meanSquaredError: ['mse', 'L2 loss'],
  absoluteError: ['mae', 'L1 loss'],
  squaredError: ['least squares'],
  hinge: ['SVM loss'],
  l2Penalty: ['weight decay', 'ridge', 'regularization'],
  l1Penalty: ['lasso', 'regularization'],
  sum: ['total', 'reduce sum'],
  mean: ['average', 'E[x]'],
  parameter: ['weight', 'W', 'variable', 'trainable'],
  input: ['variable', 'placeholder', 'data'],
  constant: ['number'],
  identity: ['copy'],
  concat: ['stack', 'join'],
  transpose: ['T'],
  reduceMax: ['maximum'],
};

function namesOf({ id, title, symbol, nickname }: Operation): Names {
  return [title, id, symbol, ...(nickname ? [nickname] : []), ...(alsoCalled[id] ?? [])];
}

/** The operations that a text finds, by name, nickname, symbol or what else they are called. */
export function findOperations(
  text: string,
  operations: readonly Operation[],
  bonus?: (operation: Operation) => number,
): readonly Operation[] {
  return find(text, operations, namesOf, bonus);
}

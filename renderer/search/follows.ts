/** What usually comes next in a graph: to offer it first. */

const nonlinear = ['relu', 'sigmoid', 'tanh', 'leakyRelu'];
const losses = ['squaredError', 'meanSquaredError', 'softmaxCrossEntropy', 'sigmoidCrossEntropy'];
const arithmetic = ['mul', 'add', 'sub', 'square'];

/** By operation, the most usual first. */
const after: Readonly<Record<string, readonly string[]>> = {
  input: ['affine', 'mul', 'matmul', 'add', 'conv2d', 'dot', 'flatten'],
  parameter: ['mul', 'matmul', 'add', 'dot', 'affine', 'l2Penalty', 'conv2d'],
  constant: arithmetic,
  add: [...nonlinear, 'mul', 'square', 'add', 'sum', ...losses],
  sub: ['square', 'halfSquaredNorm', 'norm2', 'mul', 'abs', 'sum', 'div'],
  mul: ['add', 'sum', 'mul', 'exp', 'sigmoid', 'sub'],
  div: ['add', 'mul', 'exp', 'log', 'sub'],
  neg: ['exp', 'add', 'sum'],
  exp: ['add', 'sum', 'div', 'mul', 'reciprocal'],
  log: ['mul', 'sum', 'neg', 'mean', 'add'],
  reciprocal: ['mul', 'add'],
  square: ['sum', 'add', 'mean', 'mul', 'sqrt', 'batchMean'],
  power: ['sum', 'mul', 'add'],
  abs: ['sum', 'mean', 'add'],
  sum: ['mul', 'add', 'log', 'div', 'batchMean'],
  mean: ['add', 'sub'],
  variance: ['sqrt', 'add', 'div'],
  batchMean: ['sub', 'add'],
  batchVariance: ['add', 'sqrt'],
  batchSum: ['add', 'mul'],
  sqrt: ['div', 'reciprocal', 'add'],
  dot: ['add', 'sigmoid', 'tanh', ...losses],
  matmul: ['add', ...nonlinear, 'batchNorm', 'squaredError'],
  affine: [...nonlinear, 'batchNorm', 'softmaxCrossEntropy', 'dropout', 'affine', 'softmax'],
  conv2d: ['relu', 'batchNorm', 'maxPool2d', 'add'],
  batchNorm: [...nonlinear, 'dropout'],
  layerNorm: [...nonlinear, 'affine'],
  maxPool2d: ['conv2d', 'flatten', 'affine'],
  avgPool2d: ['conv2d', 'flatten', 'affine'],
  globalAvgPool: ['affine', 'softmaxCrossEntropy'],
  flatten: ['affine', 'matmul', 'dropout'],
  reshape: ['conv2d', 'affine', 'matmul'],
  concat: ['affine', 'conv2d', 'add'],
  dropout: ['affine', 'conv2d', 'softmaxCrossEntropy'],
  embedding: ['flatten', 'affine', 'mean'],
  softmax: ['crossEntropy', 'argmax', 'log'],
  logSoftmax: ['mul', 'sum'],
  transpose: ['matmul', 'add', 'quadraticForm'],
  inverse: ['quadraticForm', 'matmul', 'trace'],
};
const afterActivation = ['affine', 'mul', 'dropout', 'maxPool2d', 'conv2d', 'matmul', 'add', 'sum'];
const afterLoss = ['batchMean', 'add', 'sum', 'weightedSum'];
const activations = new Set([...nonlinear, 'elu', 'gelu', 'prelu', 'softplus', 'shiftedRelu']);
const lossIds = new Set([...losses, 'hinge', 'absoluteError', 'crossEntropy']);

/** What usually feeds an input; sources first of all. */
const before = ['parameter', 'input', 'constant', 'mul', 'add', 'affine', 'matmul', 'relu'];

/** How usual it is, from 0 to 1, that this operation comes after that one. */
export function follows(op: string, previous: string): number {
  const list =
    after[previous] ??
    (activations.has(previous) ? afterActivation : lossIds.has(previous) ? afterLoss : arithmetic);
  return rank(list, op);
}

/** How usual it is, from 0 to 1, that this operation feeds an input. */
export function precedes(op: string): number {
  return rank(before, op);
}

function rank(list: readonly string[], op: string): number {
  const at = list.indexOf(op);
  return at < 0 ? 0 : 1 - at / list.length;
}

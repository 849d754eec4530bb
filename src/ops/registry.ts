import { add } from './arithmetic/add.ts';
import { div } from './arithmetic/div.ts';
import { max } from './arithmetic/max.ts';
import { min } from './arithmetic/min.ts';
import { mul } from './arithmetic/mul.ts';
import { neg } from './arithmetic/neg.ts';
import { reciprocal } from './arithmetic/reciprocal.ts';
import { sub } from './arithmetic/sub.ts';
import { batchMean } from './batch/batchMean.ts';
import { batchSum } from './batch/batchSum.ts';
import { batchVariance } from './batch/batchVariance.ts';
import { abs } from './functions/abs.ts';
import { clip } from './functions/clip.ts';
import { cos } from './functions/cos.ts';
import { elu } from './functions/elu.ts';
import { exp } from './functions/exp.ts';
import { formula } from './functions/formula.ts';
import { gelu } from './functions/gelu.ts';
import { identity } from './functions/identity.ts';
import { leakyRelu } from './functions/leakyRelu.ts';
import { log } from './functions/log.ts';
import { power } from './functions/power.ts';
import { prelu } from './functions/prelu.ts';
import { relu } from './functions/relu.ts';
import { shiftedRelu } from './functions/shiftedRelu.ts';
import { sigmoid } from './functions/sigmoid.ts';
import { sin } from './functions/sin.ts';
import { softplus } from './functions/softplus.ts';
import { sqrt } from './functions/sqrt.ts';
import { square } from './functions/square.ts';
import { step } from './functions/step.ts';
import { tanh } from './functions/tanh.ts';
import { affine } from './layers/affine.ts';
import { avgPool2d } from './layers/avgPool2d.ts';
import { batchNorm } from './layers/batchNorm.ts';
import { conv2d } from './layers/conv2d.ts';
import { dropout } from './layers/dropout.ts';
import { embedding } from './layers/embedding.ts';
import { globalAvgPool } from './layers/globalAvgPool.ts';
import { layerNorm } from './layers/layerNorm.ts';
import { maxout } from './layers/maxout.ts';
import { maxPool2d } from './layers/maxPool2d.ts';
import { dot } from './linear/dot.ts';
import { inverse } from './linear/inverse.ts';
import { logdet } from './linear/logdet.ts';
import { matmul } from './linear/matmul.ts';
import { outer } from './linear/outer.ts';
import { quadraticForm } from './linear/quadraticForm.ts';
import { trace } from './linear/trace.ts';
import { transpose } from './linear/transpose.ts';
import { absoluteError } from './losses/absoluteError.ts';
import { accuracy } from './losses/accuracy.ts';
import { crossEntropy } from './losses/crossEntropy.ts';
import { hinge } from './losses/hinge.ts';
import { l1Penalty } from './losses/l1Penalty.ts';
import { l2Penalty } from './losses/l2Penalty.ts';
import { logSoftmax } from './losses/logSoftmax.ts';
import { meanSquaredError } from './losses/meanSquaredError.ts';
import { sigmoidCrossEntropy } from './losses/sigmoidCrossEntropy.ts';
import { softmax } from './losses/softmax.ts';
import { softmaxCrossEntropy } from './losses/softmaxCrossEntropy.ts';
import { squaredError } from './losses/squaredError.ts';
import { topKError } from './losses/topKError.ts';
import { weightedSum } from './losses/weightedSum.ts';
import type { Operation } from './operation.ts';
import { halfSquaredNorm } from './reductions/halfSquaredNorm.ts';
import { logSumExp } from './reductions/logSumExp.ts';
import { mean } from './reductions/mean.ts';
import { norm1 } from './reductions/norm1.ts';
import { norm2 } from './reductions/norm2.ts';
import { reduceMax } from './reductions/reduceMax.ts';
import { sum } from './reductions/sum.ts';
import { variance } from './reductions/variance.ts';
import { argmax } from './shape/argmax.ts';
import { concat } from './shape/concat.ts';
import { flatten } from './shape/flatten.ts';
import { oneHot } from './shape/oneHot.ts';
import { pad } from './shape/pad.ts';
import { reshape } from './shape/reshape.ts';
import { select } from './shape/select.ts';
import { slice } from './shape/slice.ts';
import { constant } from './sources/constant.ts';
import { input } from './sources/input.ts';
import { parameter } from './sources/parameter.ts';

/** The operations a program knows, by id. A registry is a value: tests build their own. */
export type Registry = ReadonlyMap<string, Operation>;

export function createRegistry(operations: readonly Operation[]): Registry {
  return new Map(operations.map((operation) => [operation.id, operation]));
}

/** Every operation of the catalogue, in the palette's order. */
export const catalogue: Registry = createRegistry([
  input,
  parameter,
  constant,
  add,
  sub,
  mul,
  div,
  max,
  min,
  neg,
  reciprocal,
  exp,
  log,
  sigmoid,
  tanh,
  relu,
  sqrt,
  square,
  power,
  abs,
  sin,
  cos,
  leakyRelu,
  prelu,
  elu,
  shiftedRelu,
  softplus,
  gelu,
  clip,
  step,
  identity,
  formula,
  sum,
  mean,
  variance,
  reduceMax,
  logSumExp,
  norm1,
  norm2,
  halfSquaredNorm,
  batchSum,
  batchMean,
  batchVariance,
  matmul,
  transpose,
  dot,
  outer,
  trace,
  inverse,
  logdet,
  quadraticForm,
  reshape,
  flatten,
  concat,
  slice,
  pad,
  select,
  oneHot,
  argmax,
  affine,
  conv2d,
  batchNorm,
  maxPool2d,
  avgPool2d,
  globalAvgPool,
  layerNorm,
  dropout,
  maxout,
  embedding,
  softmaxCrossEntropy,
  squaredError,
  softmax,
  logSoftmax,
  crossEntropy,
  sigmoidCrossEntropy,
  hinge,
  meanSquaredError,
  absoluteError,
  l2Penalty,
  l1Penalty,
  weightedSum,
  accuracy,
  topKError,
]);

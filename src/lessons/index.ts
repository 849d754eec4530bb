import { constantOrVariable } from './first/constant-or-variable.ts';
import { fanOut } from './first/fan-out.ts';
import { product } from './first/product.ts';
import { reluGate } from './gates/relu.ts';
import { addGate, maxGate, multiplyGate } from './gates/single.ts';
import { maxTie } from './gates/tie.ts';
import { gatesTogether } from './gates/together.ts';
import type { Lesson } from './lesson.ts';
import { biasedCoin, biasedCoinLog, fairCoin, fairCoinLog } from './losses/coin.ts';
import { saturation } from './losses/saturation.ts';
import { convolution } from './matrices/convolution.ts';
import { gplvm } from './matrices/gplvm.ts';
import { leastSquares } from './matrices/least-squares.ts';
import { matrixMatrix } from './matrices/matrix-matrix.ts';
import { matrixVector } from './matrices/matrix-vector.ts';
import { tiedAutoencoder } from './matrices/tied-autoencoder.ts';
import { mnist } from './networks/mnist.ts';
import { multiTask } from './networks/multi-task.ts';
import { residual, residualNumbers } from './networks/residual.ts';
import { threeFourTwo } from './networks/three-four-two.ts';
import { xor } from './networks/xor.ts';
import { sigmoidFormula } from './neuron/as-formula.ts';
import { sigmoidNode } from './neuron/as-one-node.ts';
import { sigmoidNeuron } from './neuron/gate-by-gate.ts';
import { batchNorm } from './normalization/batch-norm.ts';
import { dropout } from './normalization/dropout.ts';
import { weightDecay } from './normalization/weight-decay.ts';
import {
  cnnCifar,
  deepCifar,
  lenetCifar,
  residualCifar,
  softmaxCifar,
  twoLayerCifar,
} from './training/cifar.ts';
import {
  autoencoderMnist,
  cnnMnist,
  deepMnist,
  lenetMnist,
  residualMnist,
  softmaxMnist,
} from './training/digits.ts';
import {
  digitsClassifier,
  irisClassifier,
  polynomialRegression,
  spiralClassifier,
  xorClassifier,
} from './training/small.ts';

export {
  type Expected,
  type ExpectedNode,
  type ExpectedWire,
  type Lesson,
  type LessonFile,
  type Topic,
  topics,
} from './lesson.ts';
export { mnist, product };

/** The worked examples that are there to be trained. */
export const trainingLessons = (): readonly Lesson[] =>
  lessons.filter(({ topic }) => topic === 'Networks to train');

/** All worked examples, in the menu's order: by topic, in the order of `topics`. */
export const lessons: readonly Lesson[] = [
  product,
  fanOut,
  constantOrVariable,
  addGate,
  multiplyGate,
  maxGate,
  reluGate,
  gatesTogether,
  maxTie,
  sigmoidNeuron,
  sigmoidNode,
  sigmoidFormula,
  matrixVector,
  matrixMatrix,
  leastSquares,
  tiedAutoencoder,
  gplvm,
  convolution,
  threeFourTwo,
  xor,
  residualNumbers,
  residual,
  multiTask,
  xorClassifier,
  spiralClassifier,
  polynomialRegression,
  irisClassifier,
  digitsClassifier,
  softmaxMnist,
  mnist,
  deepMnist,
  cnnMnist,
  lenetMnist,
  residualMnist,
  autoencoderMnist,
  softmaxCifar,
  twoLayerCifar,
  deepCifar,
  cnnCifar,
  lenetCifar,
  residualCifar,
  batchNorm,
  dropout,
  weightDecay,
  fairCoin,
  fairCoinLog,
  biasedCoin,
  biasedCoinLog,
  saturation,
];

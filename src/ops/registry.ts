import { add } from './arithmetic/add.ts';
import { div } from './arithmetic/div.ts';
import { max } from './arithmetic/max.ts';
import { mul } from './arithmetic/mul.ts';
import { neg } from './arithmetic/neg.ts';
import { reciprocal } from './arithmetic/reciprocal.ts';
import { sub } from './arithmetic/sub.ts';
import { exp } from './functions/exp.ts';
import { formula } from './functions/formula.ts';
import { log } from './functions/log.ts';
import { relu } from './functions/relu.ts';
import { sigmoid } from './functions/sigmoid.ts';
import { square } from './functions/square.ts';
import { tanh } from './functions/tanh.ts';
import { affine } from './layers/affine.ts';
import { matmul } from './linear/matmul.ts';
import { softmaxCrossEntropy } from './losses/softmaxCrossEntropy.ts';
import { squaredError } from './losses/squaredError.ts';
import type { Operation } from './operation.ts';
import { mean } from './reductions/mean.ts';
import { sum } from './reductions/sum.ts';
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
  neg,
  reciprocal,
  exp,
  log,
  square,
  sigmoid,
  tanh,
  relu,
  formula,
  sum,
  mean,
  matmul,
  affine,
  softmaxCrossEntropy,
  squaredError,
]);

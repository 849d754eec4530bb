import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BinaryName, UnaryName } from '../primitive.ts';
import { broadcastShapes, type Shape, sameShape, sizeOf } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import { type OwnKernels, rowOperations } from './own-kernels.ts';

/** Kernels of the same meaning as the primitive; `round` has none (halves go to the even number there). */
const unaryKernels: Record<Exclude<UnaryName, 'round'>, string> = {
  neg: 'Neg',
  abs: 'Abs',
  sign: 'Sign',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  square: 'Square',
  reciprocal: 'Reciprocal',
  sin: 'Sin',
  cos: 'Cos',
  tan: 'Tan',
  asin: 'Asin',
  acos: 'Acos',
  atan: 'Atan',
  sinh: 'Sinh',
  cosh: 'Cosh',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  relu: 'Relu',
  softplus: 'Softplus',
  erf: 'Erf',
  floor: 'Floor',
  ceil: 'Ceil',
  step: 'Step',
};

const binaryKernels: Record<BinaryName, string> = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Multiply',
  div: 'RealDiv',
  pow: 'Pow',
  maximum: 'Maximum',
  minimum: 'Minimum',
  greater: 'Greater',
  greaterEqual: 'GreaterEqual',
  equal: 'Equal',
};

export function unary(k: Kernels, op: UnaryName, x: TensorInfo): TensorInfo {
  if (op === 'round') {
    const half = k.filled([], 0.5);
    const shifted = k.consume(half, () => k.run('Add', { a: x, b: half }));
    return k.consume(shifted, () => k.run('Floor', { x: shifted }));
  }
  return k.run(unaryKernels[op], { x }, op === 'step' ? { alpha: 0 } : {});
}

/** An elementwise operation of two tensors in one backend. */
export type Binary = (k: Kernels, op: BinaryName, a: TensorInfo, b: TensorInfo) => TensorInfo;

export const nativeBinary: Binary = (k, op, a, b) =>
  // Comparisons give booleans.
  k.float(k.run(binaryKernels[op], { a, b }));

/** On wasm, which stretches tensors entry by entry: a row goes to every row of the other by our kernel. */
export function createWasmBinary(own: OwnKernels): Binary {
  return (k, op, a, b) => {
    if (Object.hasOwn(rowOperations, op)) {
      const operation = op as keyof typeof rowOperations;
      if (isRowOf(b, a)) return own.withRow(operation, a, b);
      if ((op === 'add' || op === 'mul') && isRowOf(a, b)) return own.withRow(operation, b, a);
    }
    return nativeBinary(k, op, a, b);
  };
}

/** Whether `row` has the last axes of `x` and nothing else but axes of length 1, and is no single number. */
function isRowOf(row: TensorInfo, x: TensorInfo): boolean {
  const size = sizeOf(row.shape);
  if (size === 1 || row.shape.length > x.shape.length || sizeOf(x.shape) <= size) return false;
  const extra = x.shape.length - row.shape.length;
  const first = row.shape.findIndex((length) => length !== 1);
  return row.shape.every((length, axis) => axis < first || length === x.shape[axis + extra]);
}

export function where(k: Kernels, condition: TensorInfo, a: TensorInfo, b: TensorInfo): TensorInfo {
  const shape = broadcastShapes(broadcastShapes(condition.shape, a.shape), b.shape);
  const zero = k.filled([], 0);
  const holds = k.consume(zero, () => k.run('NotEqual', { a: condition, b: zero }));
  // The kernel stretches nothing, and stretching takes no booleans.
  const numbers = k.run('Cast', { x: holds }, { dtype: 'float32' });
  k.free(holds);
  const stretched = k.consume(numbers, () => broadcastTo(k, numbers, shape));
  const chosen = k.consume(stretched, () => k.run('Cast', { x: stretched }, { dtype: 'bool' }));
  const t = broadcastTo(k, a, shape);
  const e = broadcastTo(k, b, shape);
  const result = k.run('Select', { condition: chosen, t, e });
  for (const part of [chosen, t, e]) k.free(part);
  return result;
}

/** Repeats entries along the axes that are stretched. */
export function broadcastTo(k: Kernels, x: TensorInfo, shape: Shape): TensorInfo {
  if (sameShape(x.shape, shape)) return k.reshape(x, shape);
  const full = [...new Array<number>(shape.length - x.shape.length).fill(1), ...x.shape];
  const reps = shape.map((length, axis) => (full[axis] === length ? 1 : length));
  const aligned = k.reshape(x, full);
  return k.consume(aligned, () => k.run('Tile', { x: aligned }, { reps }));
}

import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../shape.ts';
import type { Kernels } from './kernels.ts';

/** A matrix product in one backend; a strategy, because backends are fast at different things. */
export type Matmul = (
  k: Kernels,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
) => TensorInfo;

export const nativeMatmul: Matmul = (k, a, b, transposeA, transposeB) =>
  k.run('BatchMatMul', { a, b }, { transposeA, transposeB });

/**
 * The product on wasm. Two facts about that backend decide it:
 *
 * - With a transposed operand, or with stacks of matrices, it leaves its fast path and is 10 to 30
 *   times slower. So operands are transposed first, and a stack is taken apart where that pays.
 * - It packs the right operand once per tensor and keeps that, under the tensor's identity alone. The
 *   same numbers seen in another shape would be multiplied in the packing of the first (a silent
 *   error). So a right operand that was packed in another shape is copied.
 */
export function createWasmMatmul(): Matmul {
  const packed = new WeakMap<object, string>();

  const plain = (k: Kernels, a: TensorInfo, b: TensorInfo): TensorInfo => {
    const shape = b.shape.join();
    const before = packed.get(b.dataId);
    if (before === undefined) packed.set(b.dataId, shape);
    if (before === undefined || before === shape) return nativeMatmul(k, a, b, false, false);
    return k.consume(copy(k, b), (other) => plain(k, a, other));
  };

  return (k, a, b, transposeA, transposeB) => {
    if (a.shape.length > 2 || b.shape.length > 2) {
      return nativeMatmul(k, a, b, transposeA, transposeB);
    }
    const [inner = 1, rows = 1] = a.shape;
    if (transposeA && !transposeB && inner > 1 && (b.shape[1] ?? 1) >= wide * rows) {
      // Aᵀ·B = (Bᵀ·A)ᵀ: packing the small A costs less than packing the big B.
      const turned = k.consume(flipped(k, b), (other) => plain(k, other, a));
      return k.consume(turned, () => flipped(k, turned));
    }
    const left = transposeA ? flipped(k, a) : a;
    const right = transposeB ? flipped(k, b) : b;
    const result = plain(k, left, right);
    if (left !== a) k.free(left);
    if (right !== b) k.free(right);
    return result;
  };
}

/** From this ratio of its sides on, it pays to transpose an operand so as not to pack it. */
const wide = 4;

/**
 * The transpose. Where the rows are as many as a multiple of a cache line's worth, the kernel for
 * matrices writes into the same few cache lines over and over, and the one for three axes, which writes
 * in order, is 3 to 10 times faster.
 */
function flipped(k: Kernels, x: TensorInfo): TensorInfo {
  const [rows = 1, columns = 1] = x.shape;
  // One row or one column: nothing moves.
  if (rows === 1 || columns === 1) return k.reshape(x, [columns, rows]);
  const divisor = rows % 64 === 0 ? smallestDivisor(columns) : columns;
  if (divisor === columns) return k.transpose(x, [1, 0]);
  const split = k.reshape(x, [rows, divisor, columns / divisor]);
  const turned = k.consume(split, () => k.transpose(split, [1, 2, 0]));
  return k.consume(turned, () => k.reshape(turned, [columns, rows]));
}

/** The smallest from 2 on; the number itself where it is a prime. */
function smallestDivisor(number: number): number {
  for (let divisor = 2; divisor * divisor <= number; divisor++) {
    if (number % divisor === 0) return divisor;
  }
  return number;
}

/** The same numbers in memory of their own. */
function copy(k: Kernels, x: TensorInfo): TensorInfo {
  const flat = k.reshape(x, [1, sizeOf(x.shape)]);
  const zero = k.filled([1, 1], 0);
  const sum = k.run('Add', { a: flat, b: zero });
  k.free(zero);
  k.free(flat);
  return k.consume(sum, () => k.reshape(sum, x.shape));
}

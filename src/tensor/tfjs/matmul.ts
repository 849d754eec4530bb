import type { TensorInfo } from '@tensorflow/tfjs-core';
import { primitiveShape } from '../primitive-shape.ts';
import { sizeOf } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import { type OwnKernels, worthThreads } from './own-kernels.ts';

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
 * The product on wasm: our own kernel, which transposes while it packs, or, where the backend has several
 * threads and the product is big, the backend's, whose fast path takes plain matrices alone.
 */
export function createWasmMatmul(own: OwnKernels, threads: number): Matmul {
  const threaded = threads > 2 ? createThreadedMatmul(own) : undefined;
  return (k, a, b, transposeA, transposeB) => {
    const shape = primitiveShape({ op: 'matmul', transposeA, transposeB }, [a.shape, b.shape]);
    const terms = (transposeA ? a.shape.at(-2) : a.shape.at(-1)) ?? 1;
    if (threaded && shape.length === 2 && sizeOf(shape) * terms >= worthThreads) {
      return threaded(k, a, b, transposeA, transposeB);
    }
    return own.matmul(a, b, transposeA, transposeB, shape);
  };
}

/**
 * The backend packs the right operand once per tensor and keeps that, under the tensor's identity alone.
 * The same numbers seen in another shape would be multiplied in the packing of the first (a silent
 * error). So a right operand that was packed in another shape is copied.
 */
function createThreadedMatmul(own: OwnKernels): Matmul {
  const packed = new WeakMap<object, string>();

  const plain = (k: Kernels, a: TensorInfo, b: TensorInfo): TensorInfo => {
    const shape = b.shape.join();
    const before = packed.get(b.dataId);
    if (before === undefined) packed.set(b.dataId, shape);
    if (before === undefined || before === shape) return nativeMatmul(k, a, b, false, false);
    return k.consume(copy(k, b), (other) => plain(k, a, other));
  };

  return (k, a, b, transposeA, transposeB) => {
    const left = transposeA ? own.transpose(a) : a;
    const right = transposeB ? own.transpose(b) : b;
    const result = plain(k, left, right);
    if (left !== a) k.free(left);
    if (right !== b) k.free(right);
    return result;
  };
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

import type { TensorInfo } from '@tensorflow/tfjs-core';
import { reducedShape, sizeOf } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import type { Matmul } from './matmul.ts';

/** A sum over axes in one backend. */
export type Sum = (
  k: Kernels,
  x: TensorInfo,
  axes: readonly number[],
  keepDims: boolean,
) => TensorInfo;

export const nativeSum: Sum = (k, x, axes, keepDims) =>
  k.run('Sum', { x }, { axis: [...axes], keepDims });

/** How many rows of ones are kept. */
const keptRows = 16;

/**
 * The sum on wasm. Over the first axes, where its kernel would transpose the whole tensor first, it is
 * a product with a row of ones, which takes the fast path.
 */
export function createWasmSum(matmul: Matmul): Sum {
  const rows = new Map<number, TensorInfo>();

  const ones = (k: Kernels, length: number): TensorInfo => {
    const known = rows.get(length);
    if (known) return known;
    const made = k.filled([1, length], 1);
    const [oldest] = rows;
    if (oldest && rows.size >= keptRows) {
      rows.delete(oldest[0]);
      k.free(oldest[1]);
    }
    rows.set(length, made);
    return made;
  };

  return (k, x, axes, keepDims) => {
    const leading = axes.every((axis, at) => axis === at) && axes.length < x.shape.length;
    const length = sizeOf(x.shape.slice(0, axes.length));
    if (!leading || length === 1) return nativeSum(k, x, axes, keepDims);
    const matrix = k.reshape(x, [length, sizeOf(x.shape) / length]);
    const row = k.consume(matrix, () => matmul(k, ones(k, length), matrix, false, false));
    return k.consume(row, () => k.reshape(row, reducedShape(x.shape, axes, keepDims)));
  };
}

import type { TensorInfo } from '@tensorflow/tfjs-core';
import { reducedShape, sizeOf } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import type { OwnKernels } from './own-kernels.ts';

/** A sum over axes in one backend. */
export type Sum = (
  k: Kernels,
  x: TensorInfo,
  axes: readonly number[],
  keepDims: boolean,
) => TensorInfo;

export const nativeSum: Sum = (k, x, axes, keepDims) =>
  k.run('Sum', { x }, { axis: [...axes], keepDims });

/** On wasm: over the first axes its kernel would transpose the whole tensor first. */
export function createWasmSum(own: OwnKernels): Sum {
  return (k, x, axes, keepDims) => {
    const leading = axes.every((axis, at) => axis === at);
    if (!leading) return nativeSum(k, x, axes, keepDims);
    const rows = sizeOf(x.shape.slice(0, axes.length));
    return own.sumRows(x, rows, reducedShape(x.shape, axes, keepDims));
  };
}

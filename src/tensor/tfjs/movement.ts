import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Shape } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import type { OwnKernels } from './own-kernels.ts';

type Padding = readonly (readonly [number, number])[];

export function pad(k: Kernels, x: TensorInfo, padding: Padding): TensorInfo {
  const paddings = padding.map(([before, after]) => [before, after]);
  return k.run('PadV2', { x }, { paddings, constantValue: 0 });
}

export function slice(
  k: Kernels,
  x: TensorInfo,
  start: readonly number[],
  size: Shape,
): TensorInfo {
  return k.run('Slice', { x }, { begin: [...start], size: [...size] });
}

/** Axes in another order, in one backend. */
export type Transpose = (k: Kernels, x: TensorInfo, permutation: readonly number[]) => TensorInfo;

export const nativeTranspose: Transpose = (k, x, permutation) => k.transpose(x, permutation);

export function createWasmTranspose(own: OwnKernels): Transpose {
  return (k, x, permutation) =>
    permutation.join() === '1,0' ? own.transpose(x) : k.transpose(x, permutation);
}

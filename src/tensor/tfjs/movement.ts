import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Shape } from '../shape.ts';
import type { Kernels } from './kernels.ts';

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

/** Zeros around, where a count is negative that many entries off. */
export function padOrCrop(k: Kernels, x: TensorInfo, padding: Padding): TensorInfo {
  const start = padding.map(([before]) => Math.max(0, -before));
  const size = x.shape.map((length, axis) => {
    const [before, after] = padding[axis] ?? [0, 0];
    return length + Math.min(0, before) + Math.min(0, after);
  });
  const cropped = slice(k, x, start, size);
  return k.consume(cropped, () =>
    pad(
      k,
      cropped,
      padding.map(([before, after]) => [Math.max(0, before), Math.max(0, after)]),
    ),
  );
}

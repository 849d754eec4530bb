import { type Shape, stridesOf } from '../shape.ts';

/**
 * Strides with which a tensor of shape `from` is read as if it had shape `to`: 0 along the axes that
 * stretch, which are aligned from the right.
 */
export function alignedStrides(from: Shape, to: Shape): number[] {
  const own = stridesOf(from);
  const missing = to.length - from.length;
  return to.map((_, axis) =>
    axis < missing || from[axis - missing] === 1 ? 0 : (own[axis - missing] ?? 0),
  );
}

/**
 * Visits every index of `shape` in row-major order and tells, for each set of strides, the offset it
 * leads to. The array handed to `visit` is reused.
 */
export function forEachOffset(
  shape: Shape,
  strides: readonly (readonly number[])[],
  visit: (offsets: readonly number[]) => void,
): void {
  const offsets = strides.map(() => 0);
  const walk = (axis: number): void => {
    if (axis === shape.length) {
      visit(offsets);
      return;
    }
    const length = shape[axis] ?? 1;
    for (let i = 0; i < length; i++) {
      walk(axis + 1);
      for (let s = 0; s < strides.length; s++) {
        offsets[s] = (offsets[s] as number) + (strides[s]?.[axis] ?? 0);
      }
    }
    for (let s = 0; s < strides.length; s++) {
      offsets[s] = (offsets[s] as number) - length * (strides[s]?.[axis] ?? 0);
    }
  };
  walk(0);
}

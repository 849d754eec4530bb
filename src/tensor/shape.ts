import { TensorError } from './errors.ts';

/** Axis lengths, outermost first. `[]` is a scalar. */
export type Shape = readonly number[];

/** How many entries a tensor of this shape holds. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/**
 * The largest number of entries of one tensor: 2²⁷ numbers are 1 GiB in float64. More is refused, by
 * shape inference or before the memory is taken.
 */
export const maximumEntries = 2 ** 27;

/** Throws `TensorError` `too-large` for a shape with more than `maximumEntries` entries. */
export function checkSize(shape: Shape): Shape {
  const size = sizeOf(shape);
  if (size <= maximumEntries) return shape;
  throw new TensorError(
    'too-large',
    `A tensor of shape ${formatShape(shape)} has ${size.toLocaleString('en')} entries, and at most ${maximumEntries.toLocaleString('en')} fit.`,
  );
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** `[2, 3]`, as a person reads it; `scalar` for `[]`. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : `[${shape.join(', ')}]`;
}

/** Row-major strides: how far apart in memory neighbours along each axis are. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] ?? 1;
  }
  return strides;
}

/**
 * The shape two tensors stretch to together: aligned from the right, a size-1 or missing axis
 * stretches. Throws `TensorError` where two lengths differ and neither is 1.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  if (a === b || (a.length === 0 && b.length === 0) || sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let back = 1; back <= rank; back++) {
    const left = a[a.length - back] ?? 1;
    const right = b[b.length - back] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new TensorError(
        'cannot-broadcast',
        `Shapes ${formatShape(a)} and ${formatShape(b)} do not fit together: ${left} stands against ${right}.`,
      );
    }
    result[rank - back] = left === 1 ? right : left;
  }
  return result;
}

/** Axes of a rank-`rank` tensor as ascending indices from 0; negative ones count from the end. */
export function normalizeAxes(axes: readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const result = axes.map((axis) => normalizeAxis(axis, rank));
  if (new Set(result).size !== result.length) {
    throw new TensorError('bad-axis', `The axes ${axes.join(', ')} name the same axis twice.`);
  }
  return result.sort((a, b) => a - b);
}

/** One axis as an index from 0. Throws `TensorError` where there is no such axis. */
export function normalizeAxis(axis: number, rank: number): number {
  const index = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(index) || index < 0 || index >= rank) {
    throw new TensorError(
      'bad-axis',
      `There is no axis ${axis} in a tensor with ${rank === 1 ? '1 axis' : `${rank} axes`}.`,
    );
  }
  return index;
}

/** The shape left when `axes` (normalized) are summed away, or kept with length 1. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  const gone = new Set(axes);
  return keepDims
    ? shape.map((length, axis) => (gone.has(axis) ? 1 : length))
    : shape.filter((_, axis) => !gone.has(axis));
}

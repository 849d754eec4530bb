import type { NdArray } from '../nd-array.ts';
import { reducedShape, type Shape, sizeOf, stridesOf } from '../shape.ts';
import { forEachOffset } from './strided.ts';
import { zeros } from './zeros.ts';

export function sum(x: NdArray, axes: readonly number[], keepDims: boolean): NdArray {
  return reduce(x, axes, keepDims, 0, (total, entry) => total + entry);
}

export function reduceMax(x: NdArray, axes: readonly number[], keepDims: boolean): NdArray {
  return reduce(x, axes, keepDims, Number.NEGATIVE_INFINITY, Math.max);
}

/** Index of the first maximum; NaN counts as larger than everything, so that it is not hidden. */
export function argMax(x: NdArray, axis: number): NdArray {
  const length = x.shape[axis] ?? 1;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const shape = reducedShape(x.shape, [axis], false);
  const data = zeros(shape);
  writeArgMax(data, x.data, length, inner);
  return { shape, data };
}

/** The same for [outer, length, inner], into `out` of [outer, inner]. */
export function writeArgMax(
  out: Float64Array,
  x: Float64Array,
  length: number,
  inner: number,
): void {
  for (let i = 0; i < out.length; i++) {
    const start = Math.floor(i / inner) * length * inner + (i % inner);
    let best = 0;
    let largest = x[start] as number;
    for (let j = 1; j < length && !Number.isNaN(largest); j++) {
      const entry = x[start + j * inner] as number;
      if (entry > largest || Number.isNaN(entry)) {
        best = j;
        largest = entry;
      }
    }
    out[i] = best;
  }
}

function reduce(
  x: NdArray,
  axes: readonly number[],
  keepDims: boolean,
  start: number,
  combine: (total: number, entry: number) => number,
): NdArray {
  const shape = reducedShape(x.shape, axes, keepDims);
  const data = zeros(shape).fill(start);
  if (data.length === 1) {
    let total = start;
    for (let i = 0; i < x.data.length; i++) total = combine(total, x.data[i] as number);
    data[0] = total;
    return { shape, data };
  }
  const strides = resultStrides(x.shape, axes);
  let next = 0;
  forEachOffset(x.shape, [strides], ([at = 0]) => {
    data[at] = combine(data[at] as number, x.data[next++] as number);
  });
  return { shape, data };
}

/** Strides into the reduced tensor for a walk over the whole one: 0 along the axes that go away. */
function resultStrides(shape: Shape, axes: readonly number[]): number[] {
  const kept = stridesOf(reducedShape(shape, axes, true));
  return shape.map((_, axis) => (axes.includes(axis) ? 0 : (kept[axis] ?? 0)));
}

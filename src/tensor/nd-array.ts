import { TensorError } from './errors.ts';
import { type Shape, sizeOf } from './shape.ts';

/**
 * A dense tensor of float64 in row-major order. Plain data, so that it survives structured cloning
 * between processes. `data.length` is always the product of `shape`; a scalar has shape `[]`.
 */
export interface NdArray {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** Numbers nested as deep as the tensor has axes; a scalar is a bare number. */
export type Nested = number | readonly Nested[];

/** Wraps `data` (not copied) in `shape`. Throws `TensorError` where the sizes disagree. */
export function ndArray(shape: Shape, data: Float64Array | readonly number[]): NdArray {
  const size = sizeOf(shape);
  if (data.length !== size) {
    throw new TensorError(
      'size-mismatch',
      `${data.length} numbers do not fill the shape [${shape.join(', ')}], which holds ${size}.`,
    );
  }
  return { shape, data: data instanceof Float64Array ? data : Float64Array.from(data) };
}

/** A tensor of shape `[]`. */
export function scalar(value: number): NdArray {
  return { shape: [], data: Float64Array.of(value) };
}

/** A tensor whose every entry is `value`. */
export function filled(shape: Shape, value: number): NdArray {
  const data = new Float64Array(sizeOf(shape));
  if (value !== 0) data.fill(value);
  return { shape, data };
}

/**
 * Reads nested arrays. The shape follows from the first entries; ragged rows and anything that is no
 * number throw `TensorError`.
 */
export function fromNested(nested: Nested): NdArray {
  const shape: number[] = [];
  for (let level: Nested = nested; typeof level !== 'number'; ) {
    shape.push(level.length);
    const first: Nested | undefined = level[0];
    if (first === undefined) break;
    level = first;
  }
  const data = new Float64Array(sizeOf(shape));
  let next = 0;
  const read = (level: Nested, axis: number): void => {
    const wanted = shape[axis];
    if (wanted === undefined) {
      if (typeof level !== 'number') {
        throw new TensorError('ragged', 'The rows of this array do not all have the same length.');
      }
      data[next++] = level;
      return;
    }
    if (typeof level === 'number' || level.length !== wanted) {
      throw new TensorError('ragged', 'The rows of this array do not all have the same length.');
    }
    for (const row of level) read(row, axis + 1);
  };
  read(nested, 0);
  return { shape, data };
}

/** The inverse of `fromNested`. */
export function toNested(array: NdArray): Nested {
  let next = 0;
  const write = (axis: number): Nested => {
    const length = array.shape[axis];
    if (length === undefined) return array.data[next++] ?? 0;
    return Array.from({ length }, () => write(axis + 1));
  };
  return write(0);
}

/** One example of a batch: the entries behind that place of the first axis, copied. */
export function exampleOf({ shape, data }: NdArray, example: number): NdArray {
  const own = shape.slice(1);
  const size = own.reduce((count, length) => count * length, 1);
  return { shape: own, data: data.slice(example * size, (example + 1) * size) };
}

import { TensorError } from '../errors.ts';
import type { NdArray } from '../nd-array.ts';
import { zeros } from './zeros.ts';

/** 1 at each index, 0 elsewhere. Throws where an index is no whole number in 0 … classes − 1. */
export function oneHot(index: NdArray, classes: number): NdArray {
  const shape = [...index.shape, classes];
  const data = zeros(shape);
  writeOneHot(data, index.data, classes);
  return { shape, data };
}

/** The same into `out`, whatever that holds. */
export function writeOneHot(out: Float64Array, index: Float64Array, classes: number): void {
  out.fill(0);
  for (let i = 0; i < index.length; i++) {
    out[i * classes + checkedIndex(index[i] as number, classes)] = 1;
  }
}

/** The rows of `table` that the indices name. */
export function gather(table: NdArray, index: NdArray): NdArray {
  const rows = table.shape[0] ?? 1;
  const width = table.data.length / rows;
  const shape = [...index.shape, ...table.shape.slice(1)];
  const data = zeros(shape);
  index.data.forEach((at, i) => {
    const start = checkedIndex(at, rows) * width;
    data.set(table.data.subarray(start, start + width), i * width);
  });
  return { shape, data };
}

function checkedIndex(index: number, count: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new TensorError(
      'bad-shape',
      `${index} is no index into ${count} entries; it must be a whole number from 0 to ${count - 1}.`,
    );
  }
  return index;
}

import { type Shape, sizeOf } from '#tensor';

/** One column of a data set: a value per example, row after row. */
export interface Field {
  /** The shape of one example. */
  readonly shape: Shape;
  readonly count: number;
  readonly values: Uint8Array | Float32Array;
  /** What the stored values are multiplied with when they are used: 1/255 makes pixels 0 … 1. */
  readonly scale: number;
  /** For a column of class indices: how many classes there are. */
  readonly classes?: number;
}

/** Columns of the same length, by name: `x` what is given, `y` what is wanted. */
export type Fields = ReadonlyMap<string, Field>;

export interface DataSet {
  readonly name: string;
  readonly train: Fields;
  /** Examples that are never trained on; absent where there are none. */
  readonly test?: Fields;
}

/** How many examples there are. */
export function countOf(fields: Fields): number {
  for (const { count } of fields.values()) return count;
  return 0;
}

/** For shorter rows, making a view costs more than it saves. */
const worthAView = 32;

/**
 * Copies the rows `order[from …]` of a field into `into`, as many as fit. With `oneHot`, class indices
 * become rows of that length with a 1 at the index.
 */
export function gatherRows(
  field: Field,
  order: ArrayLike<number>,
  from: number,
  into: Float32Array,
  oneHot?: number,
): void {
  const { values, scale } = field;
  if (oneHot !== undefined) {
    into.fill(0);
    for (let row = 0; row * oneHot < into.length; row++) {
      into[row * oneHot + (values[order[from + row] ?? 0] ?? 0)] = 1;
    }
    return;
  }
  const width = sizeOf(field.shape);
  const rows = into.length / width;
  for (let row = 0; row < rows; row++) {
    const start = (order[from + row] ?? 0) * width;
    if (width > worthAView) into.set(values.subarray(start, start + width), row * width);
    else for (let at = 0; at < width; at++) into[row * width + at] = values[start + at] as number;
  }
  if (scale !== 1) {
    for (let at = 0; at < into.length; at++) into[at] = (into[at] as number) * scale;
  }
}

import { type Shape, sizeOf } from '#tensor';
import type { DataSettings } from './settings.ts';

/** One column of a data set: a value per example. Read it with `gatherRows`, which knows how it is stored. */
export interface Field {
  /** The shape of one example. */
  readonly shape: Shape;
  readonly count: number;
  readonly values: Uint8Array | Uint16Array | Float32Array;
  /** What the stored values are multiplied with when they are used: 1/255 makes pixels 0 … 1. */
  readonly scale: number;
  /** For a column of class indices: how many classes there are, and what they are called. */
  readonly classes?: number;
  readonly classNames?: readonly string[];
  /** Example i is row `rows[i]` of what is stored; without it, row i. */
  readonly rows?: Uint32Array;
  /** Row r begins at `start + r · stride`; without it, rows lie one behind the other. */
  readonly place?: { readonly start: number; readonly stride: number };
  /** Entries that are 0 or 1, or an index, for a category: they are not brought to another scale. */
  readonly fixed?: readonly boolean[];
  /** Whether some values are missing (NaN). */
  readonly gaps?: boolean;
  /** What becomes of the scaled values. */
  readonly transform?: Transform;
}

/** Entry for entry of an example: `(value − center) · factor`, and `fill` where the value is missing (NaN). */
export interface Transform {
  readonly center: Float32Array;
  readonly factor: Float32Array;
  readonly fill?: Float32Array;
}

/** Columns of the same length, by name: `x` what is given, `y` what is wanted. */
export type Fields = ReadonlyMap<string, Field>;

/** What a column of a table holds. */
export const columnTypes = ['number', 'category', 'label', 'ignore'] as const;

export type ColumnType = (typeof columnTypes)[number];

/** A column of the table that a data set was read from. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** How many rows have no value in it. */
  readonly missing: number;
}

/** What makes examples harder to learn by heart. */
export type TrainingOnly = Pick<DataSettings, 'labelSmoothing' | 'augmentation' | 'seed'>;

export interface DataSet {
  readonly name: string;
  readonly train: Fields;
  /** Examples that are never trained on, but looked at while training; absent where there are none. */
  readonly validation?: Fields;
  /** Examples that are never trained on; absent where there are none. */
  readonly test?: Fields;
  /** Where it was read from a table: all columns of that, the ignored ones too. */
  readonly columns?: readonly Column[];
  /** Which column became `y`. */
  readonly target?: string;
  /** What was left out on reading, in a sentence each. */
  readonly notes?: readonly string[];
  /** What is done to the examples that are trained on, and to no others. */
  readonly training?: TrainingOnly;
}

/** How many examples there are. */
export function countOf(fields: Fields): number {
  for (const { count } of fields.values()) return count;
  return 0;
}

/** Where the examples begin among the stored values, by their numbers. */
export function firstEntries({ rows, place, shape }: Field): (example: number) => number {
  const start = place?.start ?? 0;
  const stride = place?.stride ?? sizeOf(shape);
  return (example) => start + stride * (rows ? (rows[example] ?? 0) : example);
}

/**
 * Copies the examples `order[from …]` of a field into `into`, as many as fit. With `oneHot`, class
 * indices become rows of that length with a 1 at the index; the share `smoothing` of it is spread evenly
 * over all classes. `alter` may change each example before it is brought to its scale.
 */
export function gatherRows(
  field: Field,
  order: ArrayLike<number>,
  from: number,
  into: Float32Array,
  oneHot?: number,
  { smoothing = 0, alter }: GatherOptions = {},
): void {
  const { values, transform, scale } = field;
  const first = firstEntries(field);
  const start = (at: number) => first(order[from + at] ?? 0);
  if (oneHot !== undefined) {
    into.fill(smoothing / oneHot);
    const hot = 1 - smoothing + smoothing / oneHot;
    for (let at = 0; at * oneHot < into.length; at++) {
      into[at * oneHot + (values[start(at)] ?? 0)] = hot;
    }
    return;
  }
  const width = sizeOf(field.shape);
  const count = into.length / width;
  for (let at = 0; at < count; at++) {
    if (values instanceof Uint8Array) copyBytes(values, start(at), into, at * width, width, scale);
    else copyNumbers(values, start(at), into, at * width, width, scale);
  }
  if (alter) {
    for (let at = 0; at < count; at++) {
      alter(into.subarray(at * width, (at + 1) * width), order[from + at] ?? 0);
    }
  }
  if (transform) applyTransform(transform, into, width);
}

export interface GatherOptions {
  readonly smoothing?: number;
  readonly alter?: (example: Float32Array, number: number) => void;
}

/** Apart from other numbers, so that the loop sees one kind of array only. */
function copyBytes(
  values: Uint8Array,
  start: number,
  into: Float32Array,
  at: number,
  width: number,
  scale: number,
): void {
  for (let entry = 0; entry < width; entry++) {
    into[at + entry] = (values[start + entry] as number) * scale;
  }
}

function copyNumbers(
  values: Uint16Array | Float32Array,
  start: number,
  into: Float32Array,
  at: number,
  width: number,
  scale: number,
): void {
  for (let entry = 0; entry < width; entry++) {
    into[at + entry] = (values[start + entry] as number) * scale;
  }
}

function applyTransform(
  { center, factor, fill }: Transform,
  into: Float32Array,
  width: number,
): void {
  for (let row = 0; row < into.length; row += width) {
    for (let at = 0; at < width; at++) {
      const value = into[row + at] as number;
      into[row + at] =
        fill && Number.isNaN(value)
          ? (fill[at] as number)
          : (value - (center[at] as number)) * (factor[at] as number);
    }
  }
}

import { sizeOf } from '#tensor';
import {
  type ColumnType,
  type DataSet,
  type Field,
  type Fields,
  firstEntries,
} from '../data-set.ts';

/** Longer rows of numbers are no columns that a person would go through one by one. */
const mostEntries = 100;

/** A column of numbers or classes: a field with one value for each example, or an entry of one with several. */
export interface Series {
  readonly name: string;
  readonly field: string;
  readonly entry: number;
}

/** All columns that can be looked at: of a table its own, of other data the entries of all fields that are not too long. */
export function seriesOf({ train, columns }: Pick<DataSet, 'train' | 'columns'>): Series[] {
  return [...train].flatMap(([name, field]) => {
    // A table's columns are fields by their own names as well.
    if (columns && (name === 'x' || name === 'y')) return [];
    const entries = sizeOf(field.shape);
    if (entries > mostEntries || field.shape.length > 2) return [];
    if (entries === 1) return [{ name, field: name, entry: 0 }];
    return Array.from({ length: entries }, (_, entry) => ({
      name: `${name}${subscript(entry + 1)}`,
      field: name,
      entry,
    }));
  });
}

const subscript = (number: number) =>
  [...String(number)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)] ?? '').join('');

/** The value of an example as it was read, without what prepares it. */
export function rawValues({ fields, series }: { fields: Fields; series: Series }) {
  const field = fields.get(series.field);
  if (!field) return () => Number.NaN;
  const { values, scale } = field;
  const first = firstEntries(field);
  return (example: number) => (values[first(example) + series.entry] ?? Number.NaN) * scale;
}

/** What there is to say of a column. */
export interface ColumnSummary {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  /** Of numbers, over those that are there. */
  readonly numbers?: {
    readonly low: number;
    readonly high: number;
    readonly mean: number;
    readonly deviation: number;
  };
  /** Of classes. */
  readonly classes?: number;
}

/** Over the examples that are trained on. */
export function summariesOf(data: DataSet): readonly ColumnSummary[] {
  const read = new Map(data.columns?.map((column) => [column.name, column]));
  const described = seriesOf(data).map((series): ColumnSummary => {
    const field = data.train.get(series.field);
    const missing = read.get(series.name)?.missing ?? 0;
    const classes = field?.classes;
    if (classes !== undefined) {
      const type = read.get(series.name)?.type ?? 'label';
      return { name: series.name, type, missing, classes };
    }
    return { name: series.name, type: 'number', missing, numbers: numbersIn(data.train, series) };
  });
  const known = new Set(described.map(({ name }) => name));
  const ignored = (data.columns ?? []).filter(({ name }) => !known.has(name));
  const all = [...described, ...ignored];
  if (!data.columns) return all;
  const order = data.columns.map(({ name }) => name);
  return all.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function numbersIn(fields: Fields, series: Series): ColumnSummary['numbers'] {
  const value = rawValues({ fields, series });
  const count = fields.get(series.field)?.count ?? 0;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [sum, there] = [0, 0];
  for (let example = 0; example < count; example++) {
    const x = value(example);
    if (Number.isNaN(x)) continue;
    if (x < low) low = x;
    if (x > high) high = x;
    sum += x;
    there++;
  }
  if (there === 0) return undefined;
  const mean = sum / there;
  let squares = 0;
  for (let example = 0; example < count; example++) {
    const x = value(example);
    if (!Number.isNaN(x)) squares += (x - mean) ** 2;
  }
  return { low, high, mean, deviation: Math.sqrt(squares / there) };
}

/** How many examples there are of each class. */
export function classCounts(fields: Fields | undefined): readonly number[] | undefined {
  const y: Field | undefined = fields?.get('y');
  if (y?.classes === undefined) return undefined;
  const counts = new Array<number>(y.classes).fill(0);
  const first = firstEntries(y);
  for (let example = 0; example < y.count; example++) {
    const label = y.values[first(example)] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

import { sizeOf } from '#tensor';
import type { DataSet, Field } from '../data-set.ts';
import { DataError } from '../errors.ts';
import { type NumpyArray, readNpy } from '../files/npy.ts';
import { mostUnpacked } from '../files/unpack.ts';
import { unzip } from '../files/zip.ts';
import { baseName, type DataSource, readWhole } from '../source.ts';

type Part = 'train' | 'validation' | 'test';

/** An array, and the file it is from. */
interface NamedArray extends NumpyArray {
  readonly file: string;
}

const isArrayFile = (name: string) => /\.np[yz]$/i.test(name);

export function looksLikeArrays(source: DataSource): boolean {
  return source.files().some(({ name }) => isArrayFile(name));
}

/**
 * Reads numpy's arrays, each in an .npy file or several in an .npz: `x` and `y`, or `x_train`, `y_train`, `x_test`, …
 * (also images, data, labels, targets, …). Others of the same length are fields by their own names. Throws `DataError`.
 */
export async function readArrays(source: DataSource): Promise<DataSet> {
  const parts = new Map<Part, Map<string, Field>>();
  const counts = new Map<Part, { readonly count: number; readonly file: string }>();
  for (const { name } of source.files()) {
    if (!isArrayFile(name)) continue;
    for (const [label, array] of await arraysIn(source, name)) {
      const { part, field } = roleOf(label);
      const fields = parts.get(part) ?? new Map<string, Field>();
      parts.set(part, fields);
      const made = fieldOf(array, field);
      const known = counts.get(part);
      if (known && known.count !== made.count) {
        throw new DataError(
          'mismatch',
          `“${known.file}” has ${known.count} examples, but “${array.file}” ${made.count}.`,
        );
      }
      counts.set(part, { count: made.count, file: array.file });
      fields.set(field, made);
    }
  }
  const train = parts.get('train');
  if (!train) {
    throw new DataError(
      'not-found',
      `“${source.name}” has no arrays to train on: call them x and y, or x_train and y_train.`,
    );
  }
  const validation = parts.get('validation');
  const test = parts.get('test');
  const all = [train, validation, test].filter((fields) => fields !== undefined);
  shareClasses(all);
  return {
    name: source.name,
    train,
    ...(validation ? { validation } : {}),
    ...(test ? { test } : {}),
  };
}

async function arraysIn(source: DataSource, file: string): Promise<Map<string, NamedArray>> {
  const bytes = await readWhole(source, file);
  const own = baseName(file).replace(/\.np[yz]$/i, '');
  if (/\.npy$/i.test(file)) return new Map([[own, { ...readNpy(bytes, file), file }]]);
  const members = unzip(bytes, file, (name) => /\.npy$/i.test(name), mostUnpacked);
  if (members.length === 0) throw new DataError('damaged', `“${file}” holds no arrays.`);
  return new Map(
    members.map(({ name, bytes: member }) => {
      const array = readNpy(member, `${file}/${name}`);
      // An array that was given no name has the file's.
      const label = name === 'arr_0.npy' ? own : name.replace(/\.npy$/i, '');
      return [label, { ...array, file: `${file}/${name}` }];
    }),
  );
}

/** Which part of the data an array is, and which field. */
function roleOf(label: string): { readonly part: Part; readonly field: string } {
  const words = label
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const has = (...names: readonly string[]) => words.some((word) => names.includes(word));
  const part = has('test', 't10k')
    ? 'test'
    : has('val', 'valid', 'validation', 'dev')
      ? 'validation'
      : 'train';
  if (has('x', 'data', 'images', 'imgs', 'image', 'inputs', 'features'))
    return { part, field: 'x' };
  if (has('y', 'labels', 'label', 'targets', 'target', 'classes', 'class', 'outputs')) {
    return { part, field: 'y' };
  }
  const rest = words.filter((word) => !['train', 'test', 'val', 'valid'].includes(word)).join('_');
  return { part, field: rest === '' ? label : rest };
}

function fieldOf({ shape, values, isWhole, file }: NamedArray, name: string): Field {
  const [count, ...own] = shape;
  if (count === undefined || count === 0) {
    throw new DataError('damaged', `“${file}” holds no examples.`);
  }
  const width = sizeOf(own);
  if (width === 0) throw new DataError('damaged', `“${file}” holds examples of no numbers.`);
  const wrong = values instanceof Float32Array ? values.findIndex((v) => !Number.isFinite(v)) : -1;
  if (wrong >= 0) {
    throw new DataError(
      'damaged',
      `Example ${Math.floor(wrong / width) + 1} of “${file}” holds ${values[wrong]}, which is no finite number.`,
    );
  }
  if (isWhole && width === 1 && name === 'y') {
    const field: Field = { shape: [], count, values, scale: 1 };
    return looksLikeClasses(values) ? { ...field, classes: highest(values) + 1 } : field;
  }
  const isImage = values instanceof Uint8Array && isWhole && own.length >= 2;
  return {
    shape: isImage && own.length === 2 ? [...own, 1] : own,
    count,
    values,
    scale: isImage ? 1 / 255 : 1,
  };
}

/** Whole numbers from 0, of which at least half occur, or few at all. */
function looksLikeClasses(values: Uint8Array | Float32Array): boolean {
  const distinct = new Set<number>();
  for (const value of values) {
    if (value < 0) return false;
    distinct.add(value);
    if (distinct.size > 10_000) return false;
  }
  const most = highest(values) + 1;
  return most <= 20 || most <= 2 * distinct.size;
}

function highest(values: Uint8Array | Float32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** All parts have as many classes as the one with most. */
function shareClasses(parts: readonly Map<string, Field>[]): void {
  const most = Math.max(...parts.map((fields) => fields.get('y')?.classes ?? 0));
  for (const fields of parts) {
    const y = fields.get('y');
    if (y?.classes !== undefined) fields.set('y', { ...y, classes: most });
  }
}

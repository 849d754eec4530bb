import type { DataSet, Field } from '../data-set.ts';
import { labels, numbers } from './columns.ts';

const features = ['sepal length', 'sepal width', 'petal length', 'petal width'] as const;
const species = ['setosa', 'versicolor', 'virginica'];

/** Fisher's irises: `x` [4] in cm, `y` the species; each measure is a field by its own name too. */
export async function iris(): Promise<DataSet> {
  const { irisTable } = await import('./iris-table.ts');
  const rows = irisTable.trim().split('\n');
  const values = new Float32Array(features.length * rows.length);
  const classes = new Uint8Array(rows.length);
  for (const [at, row] of rows.entries()) {
    const entries = row.split(',').map(Number);
    values.set(entries.slice(0, features.length), at * features.length);
    classes[at] = entries[features.length] ?? 0;
  }
  const x = numbers([features.length], values);
  const y = labels(classes, species);
  const columns = features.map((name, start): [string, Field] => [
    name,
    { ...x, shape: [], place: { start, stride: features.length } },
  ]);
  return {
    name: 'iris',
    train: new Map([['x', x], ['y', y], ...columns, ['species', y]]),
    columns: [
      ...features.map((name) => ({ name, type: 'number' as const, missing: 0 })),
      { name: 'species', type: 'label', missing: 0 },
    ],
    target: 'species',
  };
}

/** Handwritten digits in little: `x` images [8, 8, 1] from 0 to 1, `y` the digit. */
export async function digits(): Promise<DataSet> {
  const { digitsTable } = await import('./digits-table.ts');
  const rows = digitsTable.trim().split('\n');
  const pixels = 64;
  const values = new Uint8Array(pixels * rows.length);
  const classes = new Uint8Array(rows.length);
  const nothing = 'a'.charCodeAt(0);
  for (const [row, text] of rows.entries()) {
    classes[row] = Number(text[0]);
    for (let at = 0; at < pixels; at++)
      values[row * pixels + at] = text.charCodeAt(at + 1) - nothing;
  }
  const x: Field = { shape: [8, 8, 1], count: rows.length, values, scale: 1 / 16 };
  const y = labels(
    classes,
    Array.from({ length: 10 }, (_, digit) => String(digit)),
  );
  return {
    name: 'digits',
    train: new Map([
      ['x', x],
      ['y', y],
    ]),
  };
}

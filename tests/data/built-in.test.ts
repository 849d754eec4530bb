import { describe, expect, it } from 'vitest';
import {
  builtInSets,
  countOf,
  type DataSet,
  defaultDataSettings,
  type Fields,
  findBuiltIn,
  gatherRows,
  type PartialDataSettings,
  readDataSet,
} from '#data';
import { sizeOf } from '#tensor';

const made = (set: string, settings: PartialDataSettings = {}): Promise<DataSet> =>
  readDataSet(undefined, {
    ...defaultDataSettings,
    ...settings,
    augmentation: defaultDataSettings.augmentation,
    set,
  });

function rows(fields: Fields, name: string): number[][] {
  const field = fields.get(name);
  if (!field) throw new Error(`no field ${name}`);
  const width = sizeOf(field.shape);
  const into = new Float32Array(width * field.count);
  gatherRows(
    field,
    Array.from({ length: field.count }, (_, at) => at),
    0,
    into,
  );
  return Array.from({ length: field.count }, (_, at) => [
    ...into.subarray(at * width, (at + 1) * width),
  ]);
}

describe('built-in data', () => {
  it.each(builtInSets)(
    '%s has finite numbers, all classes, and is the same for the same seed',
    async (set) => {
      const first = await made(set);
      expect(first.train).toEqual((await made(set)).train);
      for (const fields of [first.train, first.test ?? first.train]) {
        const [x, y] = [fields.get('x'), fields.get('y')];
        expect(x?.count).toBe(y?.count);
        expect(rows(fields, 'x').flat().every(Number.isFinite)).toBe(true);
        if (y?.classes !== undefined) expect(new Set(y.values).size).toBe(y.classes);
      }
    },
  );

  it.each(['blobs', 'xor', 'rings', 'spirals', 'three-classes', 'moons', 'polynomial'])(
    '%s changes with the seed, and has as many examples as wanted',
    async (set) => {
      const { train, test } = await made(set, { seed: 1, examples: 90 });
      const other = await made(set, { seed: 2, examples: 90 });
      expect(countOf(train)).toBe(90);
      expect(countOf(test ?? new Map())).toBe(30);
      expect(rows(train, 'x')).not.toEqual(rows(other.train, 'x'));
      expect(rows(train, 'x').slice(0, 5)).not.toEqual(rows(test ?? new Map(), 'x').slice(0, 5));
      const far = rows(train, 'x').flat().map(Math.abs);
      expect(Math.max(...far)).toBeLessThan(2);
    },
  );

  it('has XOR as the sign of the product', async () => {
    const { train } = await made('xor');
    const labels = rows(train, 'y').flat();
    expect(rows(train, 'x').map(([a = 0, b = 0]) => (a * b < 0 ? 1 : 0))).toEqual(labels);
  });

  it('has rings that a circle parts, and spirals that no line does', async () => {
    const { train } = await made('rings', { noise: 0 });
    const labels = rows(train, 'y').flat();
    expect(rows(train, 'x').map(([a = 0, b = 0]) => (Math.hypot(a, b) > 0.6 ? 1 : 0))).toEqual(
      labels,
    );
  });

  it('has y = x − 2x² + x³ with its noise, and the powers of x', async () => {
    const exact = await made('polynomial', { noise: 0, order: 4 });
    const [x, y] = [rows(exact.train, 'x').flat(), rows(exact.train, 'y').flat()];
    for (const [at, value] of x.entries()) {
      expect(y[at]).toBeCloseTo(value - 2 * value ** 2 + value ** 3, 5);
    }
    expect(exact.train.get('powers')?.shape).toEqual([4]);
    expect(rows(exact.train, 'powers')[7]?.[3]).toBeCloseTo((x[7] ?? 0) ** 4, 5);
    const noisy = await made('polynomial', { noise: 0.5, examples: 3000 });
    const ys = rows(noisy.train, 'y');
    const off = rows(noisy.train, 'x').map(([value = 0], at) => {
      const [found = 0] = ys[at] ?? [];
      return found - (value - 2 * value ** 2 + value ** 3);
    });
    expect(Math.sqrt(off.reduce((sum, e) => sum + e * e, 0) / off.length)).toBeCloseTo(0.5, 1);
  });

  // From Fisher's paper, and as R and scikit-learn have them.
  it('has the real irises', async () => {
    const { train } = await made('iris');
    const x = rows(train, 'x').map((row) => row.map((value) => Math.round(10 * value) / 10));
    expect(x).toHaveLength(150);
    expect([x[0], x[34], x[37], x[149]]).toEqual([
      [5.1, 3.5, 1.4, 0.2],
      [4.9, 3.1, 1.5, 0.2],
      [4.9, 3.6, 1.4, 0.1],
      [5.9, 3, 5.1, 1.8],
    ]);
    const means = [0, 1, 2, 3].map((at) => x.reduce((sum, row) => sum + (row[at] ?? 0), 0) / 150);
    expect(means.map((mean) => Number(mean.toFixed(3)))).toEqual([5.843, 3.057, 3.758, 1.199]);
    expect(train.get('y')?.classNames).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(rows(train, 'petal width')[149]?.[0]).toBeCloseTo(1.8, 5);
  });

  it('has the real digits', async () => {
    const { train } = await made('digits');
    const [x, y] = [train.get('x'), train.get('y')];
    expect(x).toMatchObject({ shape: [8, 8, 1], count: 1797, scale: 1 / 16 });
    expect([...(x?.values.slice(0, 16) ?? [])]).toEqual([
      0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0,
    ]);
    expect([...(y?.values.slice(0, 10) ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const counts = new Array(10).fill(0);
    for (const digit of y?.values ?? []) counts[digit]++;
    expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  });

  it('is found by what people call it', () => {
    expect(findBuiltIn('spiral')).toBe('spirals');
    expect(findBuiltIn('Three classes')).toBe('three-classes');
    expect(findBuiltIn('mnist')).toBeUndefined();
  });

  it('says which there are', async () => {
    await expect(made('mnist')).rejects.toThrow(
      /no built-in data set “mnist”; there are blobs, xor/,
    );
  });
});

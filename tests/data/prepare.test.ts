import { describe, expect, it } from 'vitest';
import {
  augmenter,
  countOf,
  type DataSet,
  type Field,
  type Fields,
  fullDataSettings,
  gatherRows,
  noAugmentation,
  type PartialDataSettings,
  prepareDataSet,
} from '#data';
import { sizeOf } from '#tensor';

const numbers = (shape: readonly number[], values: readonly number[]): Field => ({
  shape,
  count: values.length / sizeOf(shape),
  values: Float32Array.from(values),
  scale: 1,
});

const classes = (values: readonly number[], count: number): Field => ({
  shape: [],
  count: values.length,
  values: Uint8Array.from(values),
  scale: 1,
  classes: count,
});

function rows(fields: Fields | undefined, name: string): number[][] {
  const field = fields?.get(name);
  if (!field) throw new Error(`no field ${name}`);
  const width = sizeOf(field.shape);
  const into = new Float32Array(width * field.count);
  const order = Array.from({ length: field.count }, (_, at) => at);
  gatherRows(field, order, 0, into);
  return order.map((at) => [...into.subarray(at * width, (at + 1) * width)]);
}

/** Example i is the number i, of class i mod 4 for the first 80 and 0 for the rest. */
const hundred: DataSet = {
  name: 'hundred',
  train: new Map([
    [
      'x',
      numbers(
        [],
        Array.from({ length: 100 }, (_, at) => at),
      ),
    ],
    [
      'y',
      classes(
        Array.from({ length: 100 }, (_, at) => (at < 80 ? at % 4 : 0)),
        4,
      ),
    ],
  ]),
};

const prepared = (data: DataSet, settings: PartialDataSettings = {}) =>
  prepareDataSet(data, fullDataSettings(settings));

const classCounts = (fields: Fields | undefined) => {
  const counts = [0, 0, 0, 0];
  for (const [label = 0] of rows(fields, 'y')) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};

describe('the parts of a data set', () => {
  it('hold back a fifth of every class where there is no test part', () => {
    const { train, validation } = prepared(hundred);
    expect(classCounts(train)).toEqual([32, 16, 16, 16]);
    expect(classCounts(validation)).toEqual([8, 4, 4, 4]);
    const all = [...rows(train, 'x'), ...rows(validation, 'x')].flat();
    expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at));
  });

  it('hold nothing back where there is a test part, or where that is wanted', () => {
    expect(prepared({ ...hundred, test: hundred.train }).validation).toBeUndefined();
    expect(prepared(hundred, { validation: 0 }).validation).toBeUndefined();
    const wanted = prepared({ ...hundred, test: hundred.train }, { validation: 0.1 });
    expect(countOf(wanted.validation ?? new Map())).toBe(10);
  });

  it('change with the seed, and are the same for the same', () => {
    const held = (seed: number) => rows(prepared(hundred, { seed }).validation, 'x').flat();
    expect(held(1)).toEqual(held(1));
    expect(held(1)).not.toEqual(held(2));
  });

  it('are, in k-fold, each example once in the part held back', () => {
    const folds = [1, 2, 3, 4, 5].map((part) => prepared(hundred, { fold: { part, of: 5 } }));
    const held = folds.flatMap(({ validation }) => rows(validation, 'x').flat());
    expect(held.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at));
    for (const { train, validation } of folds) {
      expect(countOf(train)).toBe(80);
      expect(classCounts(validation)).toEqual([8, 4, 4, 4]);
    }
  });

  it('have no more examples to train on than wanted', () => {
    const { train } = prepared({ ...hundred, test: hundred.train }, { limit: 10 });
    expect(countOf(train)).toBe(10);
    expect(new Set(rows(train, 'x').flat()).size).toBe(10);
    expect(countOf(prepared(hundred, { limit: 1000, validation: 0 }).train)).toBe(100);
  });

  it('cannot be made of too little', () => {
    const one: DataSet = { name: 'one', train: new Map([['x', numbers([], [1])]]) };
    expect(countOf(prepared(one).train)).toBe(1);
    expect(() => prepared(one, { validation: 0.5 })).toThrow(/“one” has only 1 example/);
    expect(() => prepared(hundred, { fold: { part: 150, of: 200 } })).toThrow(/too few/);
  });
});

describe('scaling', () => {
  const table: DataSet = {
    name: 'table',
    train: new Map([['x', numbers([3], [1, 10, 5, 3, 20, 5, 5, 60, 5])]]),
    test: new Map([['x', numbers([3], [7, 0, 6])]]),
  };

  it('standardizes every entry by the training examples alone', () => {
    const { train, test } = prepared(table, { scaling: 'standard' });
    // Means 3, 30, 5; deviations √(8/3), √(1400/3), 0.
    const [a, b] = [Math.sqrt(8 / 3), Math.sqrt(1400 / 3)];
    const wanted = [
      [-2 / a, -20 / b, 0],
      [0, -10 / b, 0],
      [2 / a, 30 / b, 0],
    ];
    for (const [at, row] of rows(train, 'x').entries()) {
      for (const [entry, value] of row.entries())
        expect(value).toBeCloseTo(wanted[at]?.[entry] ?? 9, 5);
    }
    const [row = []] = rows(test, 'x');
    expect(row[0]).toBeCloseTo(4 / a, 5);
    expect(row[1]).toBeCloseTo(-30 / b, 5);
    expect(row[2]).toBeCloseTo(1, 5);
  });

  it('subtracts means, and brings to 0 … 1', () => {
    expect(rows(prepared(table, { scaling: 'mean' }).train, 'x')[0]).toEqual([-2, -20, 0]);
    const [low, middle, high] = rows(prepared(table, { scaling: 'min-max' }).train, 'x');
    expect([low, middle?.[0], high]).toEqual([[0, 0, 0], 0.5, [1, 1, 0]]);
  });

  it('takes all of a channel together, on pixels as they are stored', () => {
    const image: Field = {
      shape: [1, 2, 2],
      count: 2,
      values: Uint8Array.from([0, 10, 20, 30, 40, 50, 60, 70]),
      scale: 0.1,
    };
    const data: DataSet = { name: 'images', train: new Map([['x', image]]), test: new Map() };
    // Channel means 3 and 4.
    const [first = []] = rows(prepared(data, { scaling: 'mean', per: 'channel' }).train, 'x');
    for (const [at, value] of [-3, -3, -1, -1].entries()) expect(first[at]).toBeCloseTo(value, 5);
  });

  it('leaves categories and targets as they are', () => {
    const x: Field = { ...numbers([2], [1, 0, 3, 1]), fixed: [false, true] };
    const y = numbers([], [10, 20]);
    const data: DataSet = {
      name: 'd',
      train: new Map([
        ['x', x],
        ['y', y],
        ['price', y],
      ]),
      target: 'price',
      test: new Map(),
    };
    const { train } = prepared(data, { scaling: 'standard' });
    expect(rows(train, 'x')).toEqual([
      [-1, 0],
      [1, 1],
    ]);
    expect(rows(train, 'y')).toEqual([[10], [20]]);
    expect(rows(train, 'price')).toEqual([[10], [20]]);
  });
});

describe('augmentation', () => {
  const image = (values: readonly number[], width: number): Field => ({
    shape: [values.length / width, width, 1],
    count: 1,
    values: Uint8Array.from(values),
    scale: 1,
  });

  /** All the different images that become of one. */
  function outcomes(field: Field, augmentation: object, epochs = 200): Set<string> {
    const found = new Set<string>();
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const copy = Float32Array.from(field.values);
      augmenter(field, { ...noAugmentation, ...augmentation }, 0, epoch)(copy, 0);
      found.add([...copy].map((value) => Math.round(value)).join(' '));
    }
    return found;
  }

  it('mirrors', () => {
    expect(outcomes(image([1, 2, 3, 4, 5, 6], 3), { flip: true })).toEqual(
      new Set(['1 2 3 4 5 6', '3 2 1 6 5 4']),
    );
  });

  it('crops from a margin of nothing, and shifts with the edge', () => {
    const cropped = outcomes(image([1, 2, 3], 3), { crop: 1 });
    expect(cropped).toContain('0 1 2');
    expect(cropped).toContain('2 3 0');
    expect(cropped).toContain('0 0 0');
    expect(outcomes(image([1, 2, 3], 3), { shift: 1 })).toEqual(
      new Set(['1 2 3', '1 1 2', '2 3 3']),
    );
  });

  it('turns around the middle, and not beyond its angle', () => {
    const dot = image([0, 0, 0, 0, 100, 0, 0, 0, 0], 3);
    for (const found of outcomes(dot, { rotation: 40 })) expect(found.split(' ')[4]).toBe('100');
    const bar = image(
      [0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 100, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      5,
    );
    expect(outcomes(bar, { rotation: 180 }).size).toBeGreaterThan(50);
    expect(outcomes(bar, { rotation: 0.01 }).size).toBe(1);
  });

  it('changes colours within what a byte can hold', () => {
    const grey = image([0, 50, 100, 255], 2);
    const found = outcomes(grey, { colour: 0.5 });
    expect(found.size).toBeGreaterThan(150);
    for (const row of found) {
      for (const value of row.split(' ').map(Number)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(255);
      }
    }
  });

  it('depends on seed, epoch and example, and on nothing else', () => {
    const field = image([1, 2, 3, 4, 5, 6, 7, 8, 9], 3);
    const once = (seed: number, epoch: number, example: number) => {
      const copy = Float32Array.from(field.values);
      augmenter(field, { ...noAugmentation, rotation: 90 }, seed, epoch)(copy, example);
      return [...copy];
    };
    expect(once(1, 2, 3)).toEqual(once(1, 2, 3));
    expect(once(1, 2, 3)).not.toEqual(once(2, 2, 3));
    expect(once(1, 2, 3)).not.toEqual(once(1, 3, 3));
    expect(once(1, 2, 3)).not.toEqual(once(1, 2, 4));
  });

  it('of what are no images is refused', () => {
    expect(() => augmenter(numbers([4], [1, 2, 3, 4]), noAugmentation, 0, 1)).toThrow(
      /Only images/,
    );
  });
});

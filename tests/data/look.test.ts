import { describe, expect, it } from 'vitest';
import {
  type DataSet,
  fullDataSettings,
  overviewOf,
  type PartialDataSettings,
  pageOf,
  prepareDataSet,
  readDataSet,
  readingKey,
  scatterOf,
} from '#data';
import { sourceOf } from './sources.ts';

async function prepared(
  files: Readonly<Record<string, string>> | null,
  given: PartialDataSettings = {},
): Promise<DataSet> {
  const settings = fullDataSettings(given);
  return prepareDataSet(await readDataSet(files ? sourceOf(files) : undefined, settings), settings);
}

const people = { 'people.csv': 'age,job,rich\n10,cook,no\n20,,yes\n?,clerk,no\n40,cook,yes\n' };

describe('looking at data', () => {
  it('tells parts, columns and classes of a table', async () => {
    const overview = overviewOf(await prepared(people, { validation: 0 }));
    expect(overview).toMatchObject({
      parts: [{ part: 'train', count: 4, classCounts: [2, 2] }],
      classNames: ['no', 'yes'],
      target: 'rich',
      isTable: true,
    });
    const [age, job, rich] = overview.columns;
    expect(age).toMatchObject({ name: 'age', type: 'number', missing: 1 });
    expect(age?.numbers).toMatchObject({ low: 10, high: 40 });
    expect(age?.numbers?.mean).toBeCloseTo(70 / 3, 5);
    expect(age?.numbers?.deviation).toBeCloseTo(
      Math.sqrt((100 + 400 + 1600) / 3 - (70 / 3) ** 2),
      5,
    );
    expect(job).toEqual({ name: 'job', type: 'category', missing: 1, classes: 3 });
    expect(rich).toEqual({ name: 'rich', type: 'label', missing: 0, classes: 2 });
  });

  it('lists ignored columns in their place', async () => {
    const data = await prepared(people, { validation: 0, columns: { job: 'ignore' } });
    expect(overviewOf(data).columns.map(({ name, type }) => [name, type])).toEqual([
      ['age', 'number'],
      ['job', 'ignore'],
      ['rich', 'label'],
    ]);
  });

  it('shows rows as they were read, and as they are trained on', async () => {
    const data = await prepared(people, { validation: 0, scaling: 'min-max' });
    const read = pageOf(data, { part: 'train', from: 1, count: 2 });
    expect(read.columns?.map(({ name }) => name)).toEqual(['age', 'job', 'rich']);
    expect([...(read.values ?? [])]).toEqual([20, 2, 1, Number.NaN, 0, 0]);
    expect([...read.labels]).toEqual([1, 0]);
    const trained = pageOf(data, { part: 'train', from: 0, count: 9, epoch: 1 });
    expect(trained.count).toBe(4);
    const ages = [0, 1, 2, 3].map((row) => trained.values?.[3 * row]);
    for (const [at, wanted] of [0, 1 / 3, 4 / 9, 1].entries())
      expect(ages[at]).toBeCloseTo(wanted, 5);
  });

  it('shows images as pixels, altered in every epoch where they are trained on', async () => {
    const data = await prepared(null, {
      set: 'digits',
      scaling: 'standard',
      augmentation: { shift: 2 },
    });
    expect(overviewOf(data).image).toEqual([8, 8, 1]);
    expect(overviewOf(data).columns.map(({ name }) => name)).toEqual(['y']);
    const page = (epoch?: number) => pageOf(data, { part: 'train', from: 0, count: 3, epoch });
    const read = page();
    expect(read.pixels).toHaveLength(3 * 64 * 4);
    // The first digit, 0: its third pixel is 5 of 16.
    expect([...(read.pixels?.subarray(8, 12) ?? [])]).toEqual([80, 80, 80, 255]);
    expect(page(1).pixels).not.toEqual(read.pixels);
    expect(page(2).pixels).not.toEqual(page(1).pixels);
    expect(page(2).pixels).toEqual(page(2).pixels);
    expect(pageOf(data, { part: 'validation', from: 0, count: 3, epoch: 1 }).pixels).toEqual(
      pageOf(data, { part: 'validation', from: 0, count: 3, epoch: 2 }).pixels,
    );
  });

  it('gives points of two columns with their classes', async () => {
    const { x, y, labels } = scatterOf(
      await prepared(null, { set: 'spirals' }),
      'train',
      'x₁',
      'x₂',
    );
    expect([x.length, y.length, labels.length]).toEqual([300, 300, 300]);
    expect(new Set(labels)).toEqual(new Set([0, 1]));
    const many = await prepared(null, { set: 'blobs', examples: 40_000 });
    expect(scatterOf(many, 'train', 'x₁', 'x₂').x.length).toBe(5000);
    const table = await prepared({ 't.csv': 'a,b,y\n1,2,0.5\n?,3,0.7\n' }, { validation: 0 });
    expect([...scatterOf(table, 'train', 'a', 'b').x]).toEqual([1]);
    expect(scatterOf(table, 'train', 'no such', 'b').x.length).toBe(0);
  });

  it('reads anew only for what decides what is read', () => {
    const key = (settings: PartialDataSettings) => readingKey(fullDataSettings(settings));
    const same = [{}, { scaling: 'standard' }, { validation: 0.3 }, { seed: 4 }] as const;
    expect(new Set(same.map(key)).size).toBe(1);
    const others = [{ target: 'a' }, { limit: 5 }, { limit: 5, seed: 1 }, { set: 'iris' }] as const;
    expect(new Set([{}, ...others].map(key)).size).toBe(5);
  });
});

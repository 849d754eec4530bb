import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataSet, fullDataSettings, prepareDataSet, readDataSet } from '#data';
import { defaultTraining } from '#graph';
import type { TensorEngine } from '#tensor';
import type { RunSummary, TrainingSettings } from '#train';
import { templateDifference, templateDocument, templates } from '../support/templates.ts';
import { anyEngine, startRun } from '../support/training.ts';

describe.each(['js', 'wasm', 'cpu'] as const)('on %s', (name) => {
  let engine: TensorEngine<unknown>;
  let held = 0;
  beforeAll(async () => {
    engine = await anyEngine(name);
    held = engine.held();
  });
  afterAll(() => expect(engine.held()).toBe(held));

  it.each(templates)(
    '$name has the gradients of the exact trace',
    {
      timeout: 60_000,
    },
    async ({ lesson }) => {
      expect(await templateDifference(lesson, engine)).toBeLessThan(1e-4);
    },
  );
});

async function builtIn({ data }: TrainingSettings): Promise<DataSet> {
  const settings = fullDataSettings(data);
  return prepareDataSet(await readDataSet(undefined, settings), settings);
}

/** A run of a template with the settings it comes with. */
function trained(id: string): Promise<RunSummary> {
  const lesson = templates.find(({ name }) => name === id)?.lesson;
  if (!lesson) throw new Error(`There is no ${id}.`);
  const document = templateDocument(lesson);
  const settings = { ...defaultTraining, ...document.training, engine: 'auto' } as const;
  const data = () => builtIn(settings);
  return startRun({ document, settings, data, reportEvery: { steps: 1000 } }).over;
}

describe('templates on built-in data', () => {
  it.each([
    ['xor-classifier', 0.97],
    ['spiral-classifier', 0.97],
    ['iris-classifier', 0.95],
    ['digits-classifier', 0.96],
  ])('%s learns with the settings it comes with', async (id, least) => {
    const { last } = await trained(id);
    expect(last?.testAccuracy ?? last?.validationAccuracy).toBeGreaterThanOrEqual(least);
  });

  it('polynomial-regression finds the polynomial', async () => {
    const { parameters } = await trained('polynomial-regression');
    const found = ['b', 'w1', 'w2', 'w3'].map(
      (name) => [...parameters].find(([id]) => id === name)?.[1].data[0] ?? Number.NaN,
    );
    [0, 1, -2, 1].forEach((wanted, at) => {
      expect(Math.abs((found[at] ?? Number.NaN) - wanted)).toBeLessThan(0.1);
    });
  });
});

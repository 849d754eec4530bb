import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataSet, type Field, fullDataSettings, prepareDataSet, readDataSet } from '#data';
import { defaultTraining, readParsed, type Training } from '#graph';
import { type Lesson, trainingLessons } from '#lessons';
import { catalogue } from '#ops';
import { seededRandom, sizeOf, type TensorEngine } from '#tensor';
import { bindData } from '../../src/train/binding.ts';
import { checkEngine } from '../../src/train/check.ts';
import { type TrainableGraph, trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import { anyEngine, startRun } from '../support/training.ts';

const documentOf = ({ file }: Lesson) => readParsed(file, catalogue).document;
const named = trainingLessons().map((lesson) => ({ name: lesson.id, lesson }));

/** Examples of the shapes that a graph asks for. */
function noise({ inputs, classification }: TrainableGraph, count: number): DataSet {
  const random = seededRandom(3, 'noise');
  const classes = classification?.classes ?? 1;
  const fields = inputs.map(({ field, shape }): [string, Field] => {
    const isLabel = field === 'y' && classification !== undefined;
    const values = Float32Array.from({ length: count * sizeOf(shape) }, () =>
      isLabel ? random.index(classes) : random.normal(),
    );
    const extra = isLabel ? { classes } : {};
    return [field, { shape, count, values, scale: 1, ...extra }];
  });
  return { name: 'noise', train: new Map(fields) };
}

describe.each(['js', 'wasm', 'cpu'] as const)('on %s', (name) => {
  let engine: TensorEngine<unknown>;
  let held = 0;
  beforeAll(async () => {
    engine = await anyEngine(name);
    held = engine.held();
  });
  afterAll(() => expect(engine.held()).toBe(held));

  it.each(named)(
    '$name has the gradients of the exact trace',
    async ({ lesson }) => {
      const graph = trainableGraph(documentOf(lesson), catalogue);
      const { train } = bindData(graph, noise(graph, 4));
      const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
      const rule = updateRule({ ...defaultTraining, ...documentOf(lesson).training });
      const session = new Session<unknown>(graph, rule, engine, parameters);
      const order = Uint32Array.from([2, 0, 3, 1]);
      const batch = { data: train, order, from: 0, size: 4, draw: { seed: 0, step: 1 } };
      const { difference } = await checkEngine(graph, session, batch, parameters);
      session.dispose();
      expect(difference).toBeLessThan(1e-4);
    },
    60_000,
  );
});

async function builtIn({ data }: Pick<Training, 'data'>): Promise<DataSet> {
  const settings = fullDataSettings(data);
  return prepareDataSet(await readDataSet(undefined, settings), settings);
}

describe('templates on built-in data', () => {
  it.each([
    ['xor-classifier', 0.97],
    ['spiral-classifier', 0.97],
    ['iris-classifier', 0.95],
    ['digits-classifier', 0.96],
  ])('%s learns with the settings it comes with', async (id, least) => {
    const lesson = named.find(({ name }) => name === id)?.lesson;
    if (!lesson) throw new Error(id);
    const document = documentOf(lesson);
    const settings = { ...defaultTraining, ...document.training, engine: 'auto' } as const;
    const { over } = startRun({
      document,
      settings,
      data: () => builtIn(settings),
      reportEvery: { steps: 1000 },
    });
    const { last } = await over;
    expect(last?.testAccuracy ?? last?.validationAccuracy).toBeGreaterThanOrEqual(least);
  });

  it('polynomial-regression finds the polynomial', async () => {
    const lesson = named.find(({ name }) => name === 'polynomial-regression')?.lesson;
    if (!lesson) throw new Error('polynomial-regression');
    const document = documentOf(lesson);
    const settings = { ...defaultTraining, ...document.training, engine: 'js' } as const;
    const { over } = startRun({
      document,
      settings,
      data: () => builtIn(settings),
      reportEvery: { steps: 1000 },
    });
    const { parameters } = await over;
    const found = ['b', 'w1', 'w2', 'w3'].map(
      (name) => [...parameters].find(([id]) => id === name)?.[1].data[0] ?? Number.NaN,
    );
    [0, 1, -2, 1].forEach((wanted, at) => {
      expect(Math.abs((found[at] ?? Number.NaN) - wanted)).toBeLessThan(0.1);
    });
  });
});

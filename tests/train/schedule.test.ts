import { describe, expect, it } from 'vitest';
import type { DataSet } from '#data';
import { nodeId, type Schedule, scheduleNames, usualSchedule } from '#graph';
import type { RunEvent, TrainingSettings } from '#train';
import { EpochWatch } from '../../src/train/epochs.ts';
import type { Learnt } from '../../src/train/learnt.ts';
import { rateFactor } from '../../src/train/schedule.ts';
import { classifier, clouds, documentOf, field, settings, startRun } from '../support/training.ts';

/** The factor at some steps of a run of 10 epochs with 4 steps each. */
const factors = (schedule: Schedule, at: readonly number[], warmUp = 0, plateaus = 0) =>
  at.map((step) =>
    rateFactor({ schedule, warmUp }, { step, stepsPerEpoch: 4, steps: 40, plateaus }),
  );

function expectFactors(got: readonly number[], wanted: readonly number[]) {
  expect(got).toHaveLength(wanted.length);
  wanted.forEach((value, at) => {
    expect(got[at]).toBeCloseTo(value, 12);
  });
}

describe('the learning rate', () => {
  it('stays as it was set', () => {
    expect(factors({ type: 'constant' }, [0, 7, 39])).toEqual([1, 1, 1]);
  });

  it('falls by a factor every few epochs', () => {
    const schedule: Schedule = { type: 'step', every: 3, factor: 0.1 };
    expectFactors(factors(schedule, [0, 11, 12, 23, 24, 39]), [1, 1, 0.1, 0.1, 0.01, 0.001]);
  });

  it('falls by a factor over every epoch, a little at each step', () => {
    const schedule: Schedule = { type: 'exponential', factor: 0.5 };
    expectFactors(factors(schedule, [0, 2, 4, 8]), [1, Math.SQRT1_2, 0.5, 0.25]);
  });

  it('follows half a cosine over the run', () => {
    const half = (1 + Math.SQRT1_2) / 2;
    expectFactors(factors({ type: 'cosine', floor: 0 }, [0, 10, 20, 40]), [1, half, 0.5, 0]);
    expectFactors(factors({ type: 'cosine', floor: 0.2 }, [0, 20, 40]), [1, 0.6, 0.2]);
  });

  it('goes up and down', () => {
    const schedule: Schedule = { type: 'cyclic', every: 2, floor: 0.2 };
    expectFactors(factors(schedule, [0, 2, 4, 6, 8, 12]), [0.2, 0.6, 1, 0.6, 0.2, 1]);
  });

  it('falls by a factor for every plateau', () => {
    const schedule: Schedule = { type: 'plateau', patience: 2, factor: 0.3 };
    expectFactors(factors(schedule, [9], 0, 0), [1]);
    expectFactors(factors(schedule, [9], 0, 2), [0.09]);
  });

  it('grows during the warm-up, on top of its schedule', () => {
    expectFactors(factors({ type: 'constant' }, [0, 1, 3, 4], 4), [0.25, 0.5, 1, 1]);
    const schedule: Schedule = { type: 'step', every: 1, factor: 0.5 };
    expectFactors(factors(schedule, [0, 4, 7, 8], 8), [0.125, 0.3125, 0.5, 0.25]);
  });

  it.each(scheduleNames)('never leaves 0 … 1 (%s)', (type) => {
    const all = factors(
      usualSchedule(type),
      Array.from({ length: 41 }, (_, at) => at),
      7,
    );
    for (const value of all) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });
});

const progressOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));

/** ½(w·x − y)²: one example to train on, another to test with. */
const line = () =>
  documentOf(
    [
      { id: 'x', op: 'input', attrs: { shape: [], batched: true, field: 'x' } },
      { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
      { id: 'w', op: 'parameter', attrs: { shape: [], value: 0 } },
      { id: 'p', op: 'mul' },
      { id: 'L', op: 'squaredError' },
    ],
    ['x > p.a', 'w > p.b', 'p > L.prediction', 'y > L.target'],
    'L',
  );
const single = (x: number, y: number) =>
  new Map([
    ['x', field([], [x])],
    ['y', field([], [y])],
  ]);
/** w moves from 0 towards 1; the test set is happiest at 0.5. */
const overfitting: DataSet = { name: 'o', train: single(1, 1), test: single(1, 0.5) };

const run = (change: Partial<TrainingSettings>, dataSet: DataSet = overfitting) => {
  const started = startRun({
    document: line(),
    dataSet,
    settings: { ...settings, batchSize: 1, ...change },
  });
  return started;
};

describe('a run with a schedule', () => {
  it('steps with the rate of the moment, and reports it', async () => {
    const schedule: Schedule = { type: 'step', every: 1, factor: 0.5 };
    const { events, over } = run({ learningRate: 0.4, epochs: 3, schedule });
    const { parameters } = await over;
    const rates = progressOf(events).map(({ learningRate }) => learningRate);
    expect(rates).toEqual([0.4, 0.2, 0.1]);
    // 1 − w shrinks by 1 − ε at every step.
    expect(parameters.get(nodeId('w'))?.data[0]).toBeCloseTo(1 - 0.6 * 0.8 * 0.9, 6);
  });

  it('scales a rate that is changed on the way', async () => {
    const started = startRun({
      document: line(),
      dataSet: overfitting,
      settings: {
        ...settings,
        batchSize: 1,
        learningRate: 0.4,
        epochs: 4,
        schedule: { type: 'step', every: 2, factor: 0.5 },
      },
      report: (event) => {
        if (event.type === 'progress' && event.progress.epoch === 1) {
          started.run.setLearningRate(0.1);
        }
      },
    });
    await started.over;
    const rates = progressOf(started.events).map(({ learningRate }) => learningRate);
    expect(rates).toEqual([0.4, 0.1, 0.05, 0.05]);
  });

  it('slows down where the test loss has stopped improving', async () => {
    // w = 0.3, 0.51 (both nearer to 0.5), then away from it: worse from epoch 3 on.
    const schedule: Schedule = { type: 'plateau', patience: 2, factor: 0.1 };
    const { events, over } = run({ learningRate: 0.3, epochs: 8, schedule });
    await over;
    const rates = progressOf(events).map(({ learningRate }) => learningRate);
    [0.3, 0.3, 0.3, 0.3, 0.03, 0.03, 0.003, 0.003].forEach((rate, at) => {
      expect(rates[at]).toBeCloseTo(rate, 12);
    });
  });

  it.each(scheduleNames)('gives the same numbers twice (%s)', async (type) => {
    const once = async () => {
      const { over } = startRun({
        document: classifier(2, 3),
        dataSet: { name: 'clouds', train: clouds(40, 3), test: clouds(20, 3, 2) },
        settings: { ...settings, epochs: 4, schedule: usualSchedule(type), warmUp: 3 },
      });
      const { phase, parameters } = await over;
      expect(phase).toBe('finished');
      return parameters;
    };
    expect(await once()).toEqual(await once());
  });
});

describe('early stopping', () => {
  it('ends the run and keeps the best parameters', async () => {
    const { events, over } = run({ learningRate: 0.3, epochs: 50, patience: 3 });
    const summary = await over;
    expect(summary).toMatchObject({ phase: 'finished', epochs: 5, best: { epoch: 2 } });
    expect(summary.message).toBe(
      'The test loss had not improved for 3 epochs; the parameters of epoch 2 are kept.',
    );
    expect(summary.parameters.get(nodeId('w'))?.data[0]).toBeCloseTo(1 - 0.7 ** 2, 6);
    const sent = events.flatMap((event) => (event.type === 'parameters' ? [event] : []));
    expect(sent.at(-1)).toMatchObject({ reason: 'finished', step: 2 });
    expect(sent.at(-1)?.values[0]?.data[0]).toBeCloseTo(1 - 0.7 ** 2, 6);
    expect(events.at(-1)).toMatchObject({ phase: 'finished', message: summary.message });
  });

  it('keeps the best parameters of a run that came to its last epoch', async () => {
    const { over } = run({ learningRate: 0.3, epochs: 4, patience: 10 });
    const { message, parameters, best } = await over;
    expect(message).toBeUndefined();
    expect(best?.epoch).toBe(2);
    expect(parameters.get(nodeId('w'))?.data[0]).toBeCloseTo(1 - 0.7 ** 2, 6);
  });

  it('watches the validation loss where there is one; the test set has no say', async () => {
    const dataSet = { ...overfitting, validation: single(1, 0.5), test: single(1, 1) };
    const { over, events } = run({ learningRate: 0.3, epochs: 50, patience: 3 }, dataSet);
    const { message, parameters, best } = await over;
    expect(message).toMatch(/^The validation loss had not improved for 3 epochs/);
    expect(parameters.get(nodeId('w'))?.data[0]).toBeCloseTo(1 - 0.7 ** 2, 6);
    // Of the parameters that are kept, w = 0.51: ½(0.51 − 1)².
    expect(best?.testLoss).toBeCloseTo(0.5 * 0.49 ** 2, 6);
    expect(progressOf(events).at(-1)?.testLoss).toBeCloseTo(0.5 * 0.49 ** 2, 6);
  });

  it('watches the training loss where there is no test set', async () => {
    // A rate of 2 mirrors w around 1: the loss stays the same for ever.
    const noTest = { name: 'n', train: single(1, 1) };
    const { over } = run({ learningRate: 2, epochs: 50, patience: 1 }, noTest);
    const { message, epochs } = await over;
    expect(epochs).toBe(2);
    expect(message).toBe(
      'The training loss had not improved for 1 epoch; the parameters of epoch 1 are kept.',
    );
  });

  it('leaves a run without patience alone', async () => {
    const { parameters, best, epochs } = await run({ learningRate: 0.3, epochs: 6 }).over;
    expect([epochs, best]).toEqual([6, undefined]);
    expect(parameters.get(nodeId('w'))?.data[0]).toBeCloseTo(1 - 0.7 ** 6, 6);
  });

  it('hands over what it has where a person stops it', async () => {
    const started = startRun({
      document: line(),
      dataSet: overfitting,
      settings: { ...settings, batchSize: 1, learningRate: 0.3, epochs: 1000, patience: 900 },
      report: (event) => {
        if (event.type === 'progress' && event.progress.epoch === 4) started.run.stop();
      },
    });
    const { phase, parameters, steps } = await started.over;
    expect(phase).toBe('stopped');
    expect(parameters.get(nodeId('w'))?.data[0]).toBeCloseTo(1 - 0.7 ** steps, 6);
  });

  it('never takes parameters for the best that the last step has spoilt', async () => {
    const watch = new EpochWatch({ schedule: { type: 'constant' }, patience: 5 });
    const learnt = (value: number): Learnt => ({
      parameters: new Map([[nodeId('w'), { shape: [], data: Float64Array.of(value) }]]),
      averages: new Map(),
    });
    const progress = {
      epoch: 1,
      epochs: 9,
      step: 1,
      steps: 9,
      stepsPerEpoch: 1,
      loss: 2,
      learningRate: 1,
      examplesPerSecond: 1,
      secondsLeft: 1,
      engine: 'js',
      tensors: 1,
    };
    await watch.take(progress, 2, () => learnt(1));
    await watch.take({ ...progress, epoch: 2 }, 1, () => learnt(Number.NaN));
    expect(watch.best?.progress.epoch).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import type { DataSet } from '#data';
import { applyEdit, type GraphDocument, nodeId } from '#graph';
import { catalogue } from '#ops';
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type RunEvent,
  type TrainingSettings,
} from '#train';
import {
  classifier,
  clouds,
  deep,
  images,
  lasting,
  nodeRunHost,
  settings,
  startRun,
} from '../support/training.ts';

const dataSet = {
  name: 'clouds',
  train: clouds(61, 3),
  validation: clouds(24, 3, 3),
  test: clouds(33, 3, 2),
};

/** Small images, every one of them altered anew in every epoch. */
const pictures = {
  name: 'pictures',
  train: images(61, 3),
  validation: images(24, 3, 3),
  training: {
    labelSmoothing: 0,
    augmentation: { flip: true, crop: 1, shift: 1, rotation: 20, colour: 0.2 },
    seed: 5,
  },
};

/** 25 epochs of 8 steps with everything that has a state. */
const demanding: TrainingSettings = {
  ...settings,
  epochs: 25,
  learningRate: 0.02,
  schedule: { type: 'plateau', patience: 1, factor: 0.5 },
  patience: 20,
  weightDecay: 1e-3,
};

const pointsOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'progress' ? event.points : []));
const reportsOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'progress' ? [lasting(event.progress)] : []));
const checkpointsOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'checkpoint' ? [event] : []));

interface Task {
  readonly document: GraphDocument;
  readonly dataSet: DataSet;
}

const task: Task = { document: deep(), dataSet };

/** A run to its end, with a checkpoint after every step. */
async function straight(chosen: TrainingSettings, what: Task = task) {
  const { events, over } = startRun({
    ...what,
    settings: chosen,
    keepEvery: 0,
    // Where no time passes, nothing costs any, and all that is due every so often is always due.
    host: { ...nodeRunHost, now: () => 0 },
  });
  const summary = await over;
  expect(summary.phase).toBe('finished');
  return { events, summary, checkpoints: checkpointsOf(events) };
}

async function goOn(bytes: Uint8Array, chosen: TrainingSettings, what: Task = task) {
  const { events, over } = startRun({
    ...what,
    settings: chosen,
    checkpoint: decodeCheckpoint(bytes),
    keepEvery: 1e6,
  });
  return { events, summary: await over };
}

describe('a run that goes on from a checkpoint', { timeout: 120_000 }, () => {
  it.each(
    (['js', 'wasm'] as const).flatMap((engine) =>
      (['adam', 'momentum'] as const).map((optimizer) => ({ engine, optimizer })),
    ),
  )('ends as if it had never been interrupted: $optimizer on $engine', async (choice) => {
    const chosen = { ...demanding, ...choice };
    const whole = await straight(chosen);
    expect(whole.summary.steps).toBe(200);
    const last = whole.checkpoints.at(-1)?.bytes;
    // In the middle of an epoch, at an end of one, at the start, and right before the end.
    for (const step of [100, 104, 13, 0, 199]) {
      const found = whole.checkpoints.find((event) => event.step === step);
      const rest = await goOn(found?.bytes ?? new Uint8Array(), chosen);
      const summary = { ...rest.summary, seconds: 0, check: undefined };
      expect(lasting(summary.last ?? never())).toEqual(lasting(whole.summary.last ?? never()));
      expect(summary.parameters).toEqual(whole.summary.parameters);
      expect(summary.averages).toEqual(whole.summary.averages);
      expect([summary.steps, summary.epochs, summary.examples]).toEqual([200, 25, 61 * 25]);
      // Whoever repeats a run gets its curve, too.
      expect(pointsOf(rest.events)).toEqual(
        pointsOf(whole.events).filter((point) => point.step > step),
      );
      expect(reportsOf(rest.events)).toEqual(
        reportsOf(whole.events).filter((report) => report.step > step || report.step === 200),
      );
      expect(stateOf(checkpointsOf(rest.events).at(-1)?.bytes)).toEqual(stateOf(last));
    }
  });

  it.each(['js', 'wasm'] as const)('alters its examples as it would have on %s', async (engine) => {
    const chosen = { ...demanding, engine, epochs: 6 };
    const seen: Task = { document: deep(16), dataSet: pictures };
    const whole = await straight(chosen, seen);
    for (const step of [20, 24]) {
      const found = whole.checkpoints.find((event) => event.step === step);
      const rest = await goOn(found?.bytes ?? never(), chosen, seen);
      expect(rest.summary.parameters).toEqual(whole.summary.parameters);
      expect(rest.summary.averages).toEqual(whole.summary.averages);
      expect(lasting(rest.summary.last ?? never())).toEqual(lasting(whole.summary.last ?? never()));
    }
    const { training: _, ...unaltered } = pictures;
    const other = await straight(chosen, { ...seen, dataSet: unaltered });
    expect(other.summary.parameters).not.toEqual(whole.summary.parameters);
  });

  it('has told all points of the curve by then', async () => {
    const { events, over } = startRun({
      document: deep(),
      dataSet,
      settings: demanding,
      keepEvery: 0,
      reportEvery: { milliseconds: 1e9 },
      host: { ...nodeRunHost, now: () => 0 },
    });
    await over;
    let told: number[] = [];
    let evaluated = 0;
    for (const event of events) {
      if (event.type === 'progress') {
        told = [...told, ...event.points.map(({ step }) => step)];
        evaluated += event.evaluations.filter((found) => found.validationLoss !== undefined).length;
      }
      if (event.type !== 'checkpoint') continue;
      expect(told).toEqual(Array.from({ length: event.step }, (_, at) => at + 1));
      const { epoch, batch } = decodeCheckpoint(event.bytes);
      if (batch === 0) expect(evaluated).toBe(epoch - 1);
    }
  });

  it('keeps float64 on js, and float32 elsewhere', async () => {
    for (const [engine, kind] of [
      ['js', Float64Array],
      ['wasm', Float32Array],
    ] as const) {
      const { checkpoints } = await straight({ ...demanding, epochs: 1, engine });
      const { state } = decodeCheckpoint(checkpoints.at(-1)?.bytes ?? never());
      expect(state.get('parameter W')?.data).toBeInstanceOf(kind);
      expect(state.get('state m W')).toBeUndefined();
    }
  });

  it('trains on for more epochs, with another rate, where these were asked for', async () => {
    const { checkpoints } = await straight({ ...demanding, epochs: 2 });
    const bytes = checkpoints.at(-1)?.bytes ?? never();
    const { summary, events } = await goOn(bytes, {
      ...demanding,
      epochs: 4,
      learningRate: 0.01,
      // Nothing else may change on the way.
      batchSize: 20,
      optimizer: 'adam',
    });
    expect(summary).toMatchObject({ phase: 'finished', steps: 32, epochs: 4 });
    expect(reportsOf(events)[0]?.learningRate).toBe(0.01);
  });

  it('refuses another graph and other data with a sentence', async () => {
    const { checkpoints } = await straight({ ...demanding, epochs: 1 });
    const checkpoint = decodeCheckpoint(checkpoints.at(-1)?.bytes ?? never());
    const otherGraph = startRun({ document: classifier(2, 3), dataSet, checkpoint });
    expect((await otherGraph.over).message).toMatch(/the graph computes something else by now\.$/);
    const otherData = startRun({
      document: deep(),
      dataSet: { ...dataSet, train: clouds(61, 3, 9) },
      checkpoint,
    });
    expect((await otherData.over).message).toMatch(/other data than “clouds” holds now\.$/);
    // Where parameters start, and what things are called, does not matter.
    const moved = applyEdit(
      deep(),
      { type: 'setAttrs', node: nodeId('W'), attrs: { seed: 7 } },
      catalogue,
    );
    const same = startRun({ document: moved, dataSet, settings: demanding, checkpoint });
    expect((await same.over).phase).toBe('finished');
  });
});

describe('a checkpoint as bytes', () => {
  const some = async (): Promise<{ bytes: Uint8Array<ArrayBuffer>; checkpoint: Checkpoint }> => {
    const { checkpoints } = await straight({ ...demanding, epochs: 1, optimizer: 'adam' });
    const bytes = checkpoints.at(-1)?.bytes ?? never();
    return { bytes, checkpoint: decodeCheckpoint(bytes) };
  };

  it('comes back as it was', async () => {
    const { bytes, checkpoint } = await some();
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
    // At an odd place within other bytes as well.
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeCheckpoint(shifted.subarray(3))).toEqual(checkpoint);
  });

  it('is refused where it is foreign, newer, cut short or changed', async () => {
    const { bytes } = await some();
    const sentence = (given: Uint8Array) => {
      try {
        decodeCheckpoint(given);
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
      return '';
    };
    expect(sentence(new Uint8Array())).toMatch(/is no checkpoint of Gradwire\.$/);
    expect(sentence(new TextEncoder().encode('{"format":"gradwire"}'))).toMatch(/is no checkpoint/);
    const newer = bytes.slice();
    newer[15] = '2'.charCodeAt(0);
    expect(sentence(newer)).toMatch(/newer version of Gradwire\.$/);
    for (const length of [16, 20, 24, 200, bytes.length - 8, bytes.length - 1]) {
      expect(sentence(bytes.slice(0, length)), String(length)).toMatch(/damaged or incomplete/);
    }
    for (const at of [17, 21, 60, bytes.length - 20]) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 4;
      expect(sentence(changed), String(at)).toMatch(/damaged or incomplete/);
    }
  });
});

/** All but the time that it took. */
function stateOf(bytes: Uint8Array | undefined) {
  const { seconds: _, last, best, ...rest } = decodeCheckpoint(bytes ?? never());
  return { ...rest, last: last && lasting(last), best: best && lasting(best) };
}

function never(): never {
  throw new Error('there is none');
}

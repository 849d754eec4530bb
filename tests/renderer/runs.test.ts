import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultTraining } from '#graph';
import type { HostRuns } from '../../renderer/host/host.ts';
import { emptyCurves } from '../../renderer/training/curves.ts';
import { type RunRecord, readRecord } from '../../renderer/training/runs/record.ts';
import { hasMore, isSameCourse } from '../../renderer/training/runs/resuming.ts';
import { Runs } from '../../renderer/training/runs/runs.ts';
import { settings } from '../support/training.ts';

const record = (id: string, change: Partial<RunRecord> = {}): RunRecord => ({
  version: 1,
  id,
  name: 'Adam 0.1',
  document: 'net',
  dataset: 'small',
  startedAt: 1,
  seconds: 0,
  settings,
  engine: 'js',
  standing: 'running',
  message: null,
  check: null,
  last: null,
  checkpoint: null,
  curves: emptyCurves,
  ...change,
});

const bytes = (...values: number[]) => Uint8Array.from(values);

/** A disk in memory, which may be full. */
function disk() {
  const records = new Map<string, string>();
  const checkpoints = new Map<string, Uint8Array>();
  const state = { full: false, writes: 0 };
  const ok = <T>(value: T) => ({ ok: true, value }) as const;
  const full = { ok: false, code: 'no-space', message: 'The disk is full.' } as const;
  const host: HostRuns = {
    list: async () => ok([...records.values()]),
    keep: async (id, text) => {
      if (state.full) return full;
      records.set(id, text);
      return ok(null);
    },
    keepCheckpoint: async (id, kept) => {
      await Promise.resolve();
      state.writes++;
      if (state.full) return full;
      checkpoints.set(id, kept.slice());
      return ok(null);
    },
    checkpoint: async (id) => ok(checkpoints.get(id) ?? null),
    remove: async (id) => {
      records.delete(id);
      checkpoints.delete(id);
      return ok(null);
    },
    exportCheckpoint: async () => ok(false),
    importCheckpoint: async () => ok(null),
  };
  return { host, records, checkpoints, state };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(10_000);

describe('runs that are kept', () => {
  it('are there in the next session, newest first; one whose window went was interrupted', async () => {
    const { host } = disk();
    const first = new Runs(host);
    first.add(record('a', { startedAt: 1 }));
    first.add(record('b', { startedAt: 2 }));
    first.change('a', { standing: 'finished' });
    first.rename('a', '  the first ');
    first.rename('b', ' ');
    await settle();
    const next = new Runs(host);
    await next.load();
    expect(next.view.getState().records).toMatchObject([
      { id: 'b', standing: 'interrupted', name: 'Adam 0.1' },
      { id: 'a', standing: 'finished', name: 'the first' },
    ]);
  });

  it('leave out what is no record of this version', async () => {
    const { host, records } = disk();
    records.set('x', '{"version":2}');
    records.set('y', 'no JSON');
    records.set('a', JSON.stringify(record('a')));
    const runs = new Runs(host);
    await runs.load();
    expect(runs.view.getState().records.map(({ id }) => id)).toEqual(['a']);
    expect(readRecord(JSON.stringify({ ...record('a'), more: 1 }))).toBeUndefined();
  });

  it('are gone for good when they are deleted, also while they are written', async () => {
    const { host, records, checkpoints } = disk();
    const runs = new Runs(host);
    runs.add(record('a'));
    runs.keep('a', { step: 1, engine: 'js', bytes: bytes(1) });
    runs.change('a', { seconds: 1 }, true);
    await runs.remove('a');
    await settle();
    expect([records.size, checkpoints.size]).toEqual([0, 0]);
  });
});

describe('checkpoints', () => {
  it('are written one at a time, and of those that wait only the newest', async () => {
    const { host, checkpoints, state } = disk();
    const runs = new Runs(host);
    runs.add(record('a'));
    for (let step = 1; step <= 5; step++)
      runs.keep('a', { step, engine: 'js', bytes: bytes(step) });
    await settle();
    expect(state.writes).toBe(2);
    expect(checkpoints.get('a')).toEqual(bytes(5));
    expect(runs.get('a')?.checkpoint).toEqual({ step: 5, bytes: 1, engine: 'js' });
  });

  it('that cannot be written are told of until one can; the one before stays', async () => {
    const { host, checkpoints, state } = disk();
    const runs = new Runs(host);
    runs.add(record('a'));
    runs.keep('a', { step: 1, engine: 'js', bytes: bytes(1) });
    await settle();
    state.full = true;
    runs.keep('a', { step: 2, engine: 'js', bytes: bytes(2) });
    await settle();
    expect(runs.view.getState().problem).toBe('The disk is full.');
    expect(checkpoints.get('a')).toEqual(bytes(1));
    expect(runs.get('a')?.checkpoint?.step).toBe(1);
    // In this session the run can go on from the newest all the same.
    expect(await runs.checkpoint('a')).toEqual(bytes(2));
    state.full = false;
    runs.keep('a', { step: 3, engine: 'js', bytes: bytes(3) });
    await settle();
    expect(runs.view.getState().problem).toBeUndefined();
    expect(checkpoints.get('a')).toEqual(bytes(3));
  });
});

describe('a run', () => {
  const document = { ...defaultTraining, learningRate: 0.1, batchSize: 8, epochs: 2 };

  it('goes on where only rate, epochs, patience or place of the parameters have changed', () => {
    expect(isSameCourse(settings, document)).toBe(true);
    const changed = { learningRate: 1, epochs: 9, patience: 3, parameters: 'beside' } as const;
    expect(isSameCourse(settings, { ...document, ...changed })).toBe(true);
    expect(isSameCourse(settings, { ...document, optimizer: 'adam' })).toBe(false);
    expect(isSameCourse(settings, { ...document, shuffle: false })).toBe(false);
    expect(isSameCourse(settings, { ...document, data: { validation: 0.5 } })).toBe(false);
  });

  it('that has come to its end goes on for more epochs only', () => {
    const last = {
      epoch: 2,
      epochs: 2,
      step: 2,
      steps: 2,
      stepsPerEpoch: 1,
      loss: 1,
      learningRate: 1,
      examplesPerSecond: 1,
      secondsLeft: 0,
      engine: 'js',
      tensors: 1,
    };
    expect(hasMore(record('a', { standing: 'finished', last }), 2)).toBe(false);
    expect(hasMore(record('a', { standing: 'finished', last }), 3)).toBe(true);
    expect(hasMore(record('a', { standing: 'stopped', last }), 2)).toBe(true);
  });
});

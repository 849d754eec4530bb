import { afterEach, describe, expect, it } from 'vitest';
import { nodeId } from '#graph';
import { catalogue } from '#ops';
import { parameterEdits } from '#train';
import type { DatasetFolder, DatasetRef, Trainer } from '../../renderer/host/host.ts';
import { TrainerHandle } from '../../renderer/host/trainer-handle.ts';
import { serveTrainer } from '../../renderer/trainer/serve.ts';
import {
  isOver,
  TrainingClient,
  type TrainingEvent,
  type TrainingState,
} from '../../renderer/training/client.ts';
import { classifier, deep, nodeRunHost, settings } from '../support/training.ts';

/** A minute MNIST: 60 pictures of 2 × 1 pixels, whose classes can be told apart. */
function smallFiles(): Map<string, Uint8Array> {
  const idx = (shape: readonly number[], values: readonly number[]) =>
    Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((n) => [0, 0, 0, n]), ...values]);
  const labels = Array.from({ length: 60 }, (_, at) => at % 3);
  const pixels = labels.flatMap((label) => [label === 0 ? 250 : 5, label === 1 ? 250 : 5]);
  return new Map([
    ['train-images-idx3-ubyte', idx([60, 2, 1], pixels)],
    ['train-labels-idx1-ubyte', idx([60], labels)],
    ['t10k-images-idx3-ubyte', idx([60, 2, 1], pixels)],
    ['t10k-labels-idx1-ubyte', idx([60], labels)],
  ]);
}

const files = smallFiles();
const dataset: DatasetFolder = {
  ref: 'small' as DatasetRef,
  name: 'small',
  files: [...files].map(([name, { length }]) => ({ name, size: length })),
};
const urls = new Map(
  [...files].map(([name, bytes]) => [name, URL.createObjectURL(new Blob([bytes.slice()]))]),
);

const document = classifier(2, 10);
const quick = { ...settings, learningRate: 0.5, epochs: 3 };
const endless = { ...quick, epochs: 1_000_000 };

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** An editor's client with trainers in this very process, over real channels. */
function setUp(serve: (port: MessagePort) => void = (port) => serveTrainer(port, nodeRunHost)) {
  const trainers: TrainerHandle[] = [];
  const events: TrainingEvent[] = [];
  const waiting: { readonly until: (event: TrainingEvent) => boolean; readonly go: () => void }[] =
    [];
  const client = new TrainingClient({
    registry: catalogue,
    host: {
      datasets: { url: (_, name) => urls.get(name) ?? 'blob:nothing' },
      startTrainer: async () => {
        const { port1, port2 } = new MessageChannel();
        ports.push(port1, port2);
        serve(port2);
        const end = async () => ({ ok: true, value: null }) as const;
        const handle: Trainer = new TrainerHandle(port1, end);
        trainers.push(handle as TrainerHandle);
        return { ok: true, value: handle };
      },
    },
  });
  client.subscribe((event) => {
    events.push(event);
    for (const { until, go } of [...waiting]) if (until(event)) go();
  });
  const when = (until: (event: TrainingEvent) => boolean) =>
    new Promise<void>((go) => waiting.push({ until, go }));
  const whenOver = () => when((event) => event.type === 'state' && isOver(event.state.phase));
  const start = (key: string, chosen = quick) =>
    client.start({ document, documentKey: key, revision: 1, dataset, settings: chosen });
  return { client, events, trainers, when, whenOver, start };
}

const statesOf = (events: readonly TrainingEvent[]): TrainingState[] =>
  events.flatMap((event) => (event.type === 'state' ? [event.state] : []));
const phasesOf = (events: readonly TrainingEvent[]) => statesOf(events).map(({ phase }) => phase);
const isReport = (event: TrainingEvent) => event.type === 'report';

describe('editor and trainer', () => {
  it.each(['js', 'wasm', 'cpu'] as const)(
    'train a graph, report, and hand the parameters over, on %s',
    async (engine) => {
      const { events, whenOver, start } = setUp();
      const over = whenOver();
      const run = start('first', { ...quick, engine });
      await over;
      expect(phasesOf(events)).toEqual(['loading', 'loading', 'running', 'finished']);
      const reports = events.flatMap((event) => (event.type === 'report' ? [event] : []));
      expect(reports.at(-1)).toMatchObject({ run, report: { step: 24, testAccuracy: 1 } });
      expect(events.some((event) => event.type === 'check')).toBe(true);
      const last = events.flatMap((event) =>
        event.type === 'parameters' ? [event.parameters] : [],
      );
      expect(last.at(-1)).toMatchObject({ run, reason: 'finished', step: 24 });
      expect(last.at(-1)?.values.get(nodeId('W'))?.shape).toEqual([10, 2]);
    },
  );

  it('take one step at a time, from the start', async () => {
    const { client, events, when } = setUp();
    const paused = () => when((event) => event.type === 'state' && event.state.phase === 'paused');
    let halt = paused();
    client.start({
      ...{ document, documentKey: 'one', revision: 1, dataset, settings: endless },
      single: true,
    });
    for (let step = 1; step <= 3; step++) {
      await halt;
      const reports = events.flatMap((event) => (event.type === 'report' ? [event.report] : []));
      expect(reports.at(-1)?.step).toBe(step);
      halt = paused();
      client.step();
    }
    client.stop();
  });

  it('go on from a checkpoint with another trainer, to the end as it would have been', async () => {
    const chosen = { ...quick, epochs: 40, optimizer: 'adam' as const };
    const straight = setUp();
    const over = straight.whenOver();
    straight.start('straight', chosen);
    await over;
    const { client, events, trainers, when, whenOver, start } = setUp();
    const kept = when((event) => event.type === 'checkpoint');
    start('interrupted', chosen);
    await kept;
    const lost = when((event) => event.type === 'state' && event.state.phase === 'lost');
    trainers[0]?.exited({ reason: 'killed', message: 'It was killed.' });
    await lost;
    const found = events.findLast((event) => event.type === 'checkpoint');
    if (found?.type !== 'checkpoint') throw new Error('no checkpoint');
    expect(found).toMatchObject({ toKeep: true, checkpoint: { engine: 'js' } });
    const again = whenOver();
    const about = { document, documentKey: 'interrupted', revision: 1, dataset, settings: chosen };
    client.start({ ...about, checkpoint: found.checkpoint.bytes });
    await again;
    expect(client.parameters?.values).toEqual(straight.client.parameters?.values);
  });

  it('say what is wrong with a checkpoint', async () => {
    const { client, events, whenOver } = setUp();
    const over = whenOver();
    const about = { document, documentKey: 'odd', revision: 1, dataset, settings: quick };
    client.start({ ...about, checkpoint: Uint8Array.of(1, 2, 3) });
    await over;
    expect(statesOf(events).at(-1)).toMatchObject({
      phase: 'failed',
      message: 'The checkpoint cannot be used: it is no checkpoint of Gradwire.',
    });
  });

  it('pause, go on and stop', async () => {
    const { client, events, when, whenOver, start } = setUp();
    const paused = when((event) => event.type === 'state' && event.state.phase === 'paused');
    const running = when(isReport);
    start('first', endless);
    await running;
    client.pause();
    await paused;
    const over = whenOver();
    client.resume();
    client.stop();
    await over;
    expect(phasesOf(events).slice(-3)).toContain('paused');
    expect(phasesOf(events).at(-1)).toBe('stopped');
    expect(client.parameters?.reason).toBe('stopped');
  });

  it('let nothing of an abandoned run through', async () => {
    const { events, when, whenOver, start } = setUp();
    const running = when(isReport);
    const first = start('first', endless);
    await running;
    const from = events.length;
    const over = whenOver();
    const second = start('second');
    await over;
    expect(second.runId).not.toBe(first.runId);
    for (const event of events.slice(from)) {
      if (event.type === 'state') expect(event.state.run).toEqual(second);
      else if (event.type === 'parameters') expect(event.parameters.run).toEqual(second);
      else expect(event.run).toEqual(second);
    }
  });

  it('end a run that is stopped before it has begun', async () => {
    const { client, events, whenOver, start } = setUp();
    const over = whenOver();
    start('first');
    client.stop();
    await over;
    expect(phasesOf(events)).toEqual(['loading', 'stopped']);
  });

  it('say so when the trainer dies, keep the last parameters, and train again', async () => {
    const { client, events, trainers, when, whenOver, start } = setUp();
    const checkpoint = when(({ type }) => type === 'parameters');
    start('first', endless);
    await checkpoint;
    const kept = client.parameters;
    trainers[0]?.exited({ reason: 'killed', message: 'The trainer was ended.' });
    expect(client.state.phase).toBe('lost');
    expect(client.state.message).toBe(
      `The trainer was ended. The parameters of step ${kept?.step} are kept.`,
    );
    expect(events.at(-1)).toMatchObject({
      type: 'parameters',
      parameters: { reason: 'lost', values: kept?.values },
    });
    const over = whenOver();
    start('first');
    await over;
    expect(client.state.phase).toBe('finished');
    expect(trainers).toHaveLength(2);
  });

  it('keep the running averages of a trainer that dies, with its parameters', async () => {
    const { client, trainers, when } = setUp();
    const checkpoint = when(({ type }) => type === 'parameters');
    const net = deep(2, 4, 10);
    client.start({ document: net, documentKey: 'k', revision: 1, dataset, settings: endless });
    await checkpoint;
    trainers[0]?.exited({ reason: 'killed', message: 'The trainer was ended.' });
    const { values: parameters, averages } = client.parameters ?? {};
    if (!parameters || !averages) throw new Error('nothing was kept');
    const edits = parameterEdits(net, catalogue, { parameters, averages });
    const normalizing = edits.find((edit) => edit.type === 'setAttrs' && edit.node === nodeId('n'));
    expect(normalizing).toMatchObject({
      attrs: { runningMean: { shape: [4] }, runningVariance: { shape: [4] } },
    });
    expect(edits).toHaveLength(6);
  });

  it('say what is wrong with the data', async () => {
    const { client, whenOver } = setUp();
    const over = whenOver();
    const missing = { ...dataset, files: [{ name: 'train-images-idx3-ubyte.gz', size: 1 }] };
    client.start({
      document,
      documentKey: 'first',
      revision: 1,
      dataset: missing,
      settings: quick,
    });
    await over;
    expect(client.state).toMatchObject({ phase: 'failed', message: /cannot be read/ });
  });

  it('refuse what they do not understand', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveTrainer(port2, nodeRunHost);
    const answer = new Promise<unknown>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
    port1.postMessage({ type: 'start', runId: 'r', settings: { epochs: 'many' } });
    expect(await answer).toMatchObject({ type: 'phase', runId: 'r', phase: 'failed' });

    const { client, whenOver, start } = setUp((port) => {
      port.onmessage = () => port.postMessage({ type: 'progress', runId: 7 });
    });
    const over = whenOver();
    start('first');
    await over;
    expect(client.state.phase).toBe('failed');
  });
});

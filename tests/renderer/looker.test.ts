import { afterEach, describe, expect, it } from 'vitest';
import { type GraphDocument, nodeId } from '#graph';
import { catalogue } from '#ops';
import { trace } from '#trace';
import type { ExampleChoice, Facts } from '#train';
import type { DatasetFolder, DatasetRef } from '../../renderer/host/host.ts';
import { TrainerHandle } from '../../renderer/host/trainer-handle.ts';
import { createEditorStore } from '../../renderer/store/store.ts';
import { serveTrainer } from '../../renderer/trainer/serve.ts';
import { isOver, TrainingClient } from '../../renderer/training/client.ts';
import { Looker, type Subject } from '../../renderer/training/views/looker.ts';
import { traceMoment } from '../../renderer/training/views/trace-moment.ts';
import { classifier, deep, nodeRunHost, settings } from '../support/training.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const dataset: DatasetFolder = { ref: 'none' as DatasetRef, name: 'none', files: [] };
/** The built-in set of three classes in the plane, for as long as one likes. */
const endless = {
  ...settings,
  epochs: 1_000_000,
  data: { ...settings.data, set: 'three-classes' },
};

/** An editor that looks, with a trainer in this very process. */
function setUp(document: GraphDocument = classifier(2, 3)) {
  let ended: (() => void) | undefined;
  const client = new TrainingClient({
    registry: catalogue,
    host: {
      datasets: { url: () => 'blob:nothing' },
      startTrainer: async () => {
        const { port1, port2 } = new MessageChannel();
        ports.push(port1, port2);
        serveTrainer(port2, nodeRunHost);
        const handle = new TrainerHandle(port1, async () => ({ ok: true, value: null }));
        ended = () => handle.exited({ reason: 'crashed', message: 'It is gone.' });
        return { ok: true, value: handle };
      },
    },
  });
  const store = createEditorStore(catalogue, document, { ref: null, name: 'test' });
  let key = 1;
  const subject = (): Subject => {
    const { run, phase } = client.state;
    const own = String(store.getState().documentKey);
    if (run && !isOver(phase)) {
      const going = phase === 'running';
      // Another key at every halt.
      return { kind: 'run', document: own, key: `${run.runId} ${going}`, runId: run.runId, going };
    }
    const start = { document: store.getState().editor.document, dataset, settings: endless };
    return { kind: 'document', document: own, key: `document ${key}`, start };
  };
  const looker = new Looker(client, subject);
  const reached = (phase: string) =>
    new Promise<void>((resolve) => {
      client.subscribe((event) => {
        if (event.type === 'state' && event.state.phase === phase) resolve();
      });
    });
  const start = async () => {
    const running = reached('running');
    client.start({ document, documentKey: '1', revision: 1, dataset, settings: endless });
    await running;
  };
  const pause = async () => {
    const paused = reached('paused');
    client.pause();
    await paused;
  };
  return {
    client,
    looker,
    store,
    start,
    pause,
    change: () => {
      key++;
    },
    end: () => ended?.(),
  };
}

describe('looking at a net', () => {
  it('needs no run: the document is looked at as it is', async () => {
    const { looker } = setUp();
    const found = await looker.ask({ kind: 'facts' });
    expect(found).toMatchObject({ step: undefined, document: '1' });
    expect(found?.answer).toMatchObject({
      kind: 'facts',
      verdict: { kind: 'classes', size: 3 },
      counts: { train: 300, test: 100 },
    });
    const { answer } = (await looker.ask({ kind: 'spreads' })) ?? {};
    if (answer?.kind !== 'spreads') throw new Error('no spreads');
    expect(answer.norms.map(({ update }) => update)).toEqual([undefined, undefined]);
    expect(looker.view.getState().history).toEqual([]);
  });

  it('says in a sentence why a document cannot be looked at', async () => {
    const { looker } = setUp(classifier(5, 3));
    const found = await looker.ask({ kind: 'facts' });
    expect(found?.answer).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/“x” has shape \[5\]/),
    });
  });

  it('follows a run step by step, and keeps what it saw when the run is over', async () => {
    const { looker, client, start, pause } = setUp();
    await start();
    const steps: number[] = [];
    for (let times = 0; times < 3; times++) {
      const found = await looker.ask({ kind: 'spreads' });
      if (found?.answer.kind !== 'spreads') throw new Error('no spreads');
      steps.push(found.step ?? 0);
      expect(found.answer.norms[0]?.update).toBeGreaterThan(0);
    }
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    expect(looker.view.getState().history.map(({ step }) => step)).toEqual(steps);
    await pause();
    await looker.ask({ kind: 'spreads' });
    expect(looker.view.getState().history.length).toBeGreaterThanOrEqual(3);
    const over = new Promise<void>((resolve) => {
      client.subscribe((event) => {
        if (event.type === 'state' && event.state.phase === 'stopped') resolve();
      });
    });
    client.stop();
    await over;
    expect((await looker.ask({ kind: 'spreads' }))?.step).toBeUndefined();
    expect(looker.view.getState().history.length).toBeGreaterThanOrEqual(3);
  });

  it('tells who still waits that no answer will come: for another net, another question, a lost trainer', async () => {
    const { looker, change, end } = setUp();
    await looker.ask({ kind: 'facts' });
    const stale = looker.ask({ kind: 'answers', part: 'test', atMost: 100 });
    // The question is under way when the net becomes another.
    await Promise.resolve();
    change();
    looker.follow();
    expect(await stale).toBeUndefined();
    const first = looker.ask({ kind: 'region' });
    const second = looker.ask({ kind: 'region' });
    expect(await first).toBeUndefined();
    expect((await second)?.answer.kind).toBe('region');
    const lost = looker.ask({ kind: 'answers', part: 'test', atMost: 100 });
    await Promise.resolve();
    end();
    expect(await lost).toBeUndefined();
    // Another trainer is started for the next question.
    expect((await looker.ask({ kind: 'facts' }))?.answer.kind).toBe('facts');
  });
});

describe('back to the canvas', () => {
  const pick =
    (...indices: number[]) =>
    (): ExampleChoice => ({ from: 'data', part: 'test', indices });

  it('a mini-batch of a paused run has on its wires what a trace with these feeds has', async () => {
    const { looker, store, start, pause } = setUp();
    await start();
    await looker.ask({ kind: 'spreads' });
    await pause();
    const { document } = store.getState().editor;
    expect(await traceMoment(looker, store, pick(4, 5, 6))).toBeUndefined();
    const { overlay, trace: shown, film, workspace, editor } = store.getState();
    expect(overlay?.title).toMatch(/^Step \d+, mini-batch of 3, test examples 4 to 6$/);
    expect([workspace, film.at]).toEqual(['trace', shown.steps.length - 1]);
    expect(editor.document).toBe(document);
    const moment = (await looker.ask({ kind: 'moment', choice: pick(4, 5, 6)() }))?.answer;
    if (moment?.kind !== 'moment') throw new Error('no moment');
    const feeds = new Map(
      [...moment.inputs, ...moment.parameters].map(({ node, shape, data }) => {
        const batched = moment.inputs.some((input) => input.node === node);
        const own = batched ? shape.slice(1) : shape;
        const exact = { shape, data: Float64Array.from(data) };
        return [nodeId(node), { batched, shape: own, data: exact }] as const;
      }),
    );
    const wanted = trace(document, catalogue, { feeds });
    expect(shown.loss).toBe(wanted.loss);
    expect(shown.batchSize).toBe(3);
    for (const [id, { value, gradient }] of wanted.wires) {
      expect([shown.wires.get(id)?.value, shown.wires.get(id)?.gradient]).toEqual([
        value,
        gradient,
      ]);
    }
    const asked = (await looker.ask({ kind: 'examples', choice: pick(4, 5, 6)(), maps: false }))
      ?.answer;
    if (asked?.kind !== 'examples') throw new Error('no examples');
    const mean = asked.answered.reduce((total, { loss }) => total + loss, 0) / 3;
    expect(shown.loss).toBeCloseTo(mean, 5);
  });

  it('one example is traced as the net is in use', async () => {
    const { looker, store } = setUp(deep(2, 6, 3, { keep: 0.5 }));
    expect(await traceMoment(looker, store, pick(0))).toBeUndefined();
    expect(store.getState().overlay?.title).toBe('Test example 0, as in use');
    const attrsOf = (id: string) =>
      store.getState().trace.document.nodes.find((node) => node.id === id)?.attrs;
    expect(attrsOf('d')).toMatchObject({ training: false });
    expect(attrsOf('n')).toMatchObject({ training: false });
    const asked = (await looker.ask({ kind: 'examples', choice: pick(0)(), maps: false }))?.answer;
    if (asked?.kind !== 'examples') throw new Error('no examples');
    expect(store.getState().trace.loss).toBeCloseTo(asked.answered[0]?.loss ?? 0, 5);
  });

  it('an example of one’s own has the class that it is said to be', async () => {
    const { looker, store } = setUp();
    const own = (_: Facts): ExampleChoice => ({
      from: 'own',
      values: Float32Array.of(0.5, -1),
      target: 2,
    });
    expect(await traceMoment(looker, store, own)).toBeUndefined();
    const { nodes } = store.getState().trace;
    expect([...(nodes.get(nodeId('x'))?.value?.data.data ?? [])]).toEqual([0.5, -1]);
    expect([...(nodes.get(nodeId('y'))?.value?.data.data ?? [])]).toEqual([2]);
    expect(store.getState().overlay?.title).toBe('Example of your own');
  });

  it('says why there is no such example', async () => {
    const { looker, store } = setUp();
    expect(await traceMoment(looker, store, pick(100))).toMatch(/no example 100 in the test part/);
    expect(store.getState().overlay).toBeNull();
  });
});

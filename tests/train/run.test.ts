import { describe, expect, it } from 'vitest';
import type { DataSet } from '#data';
import { readDataSet } from '#data';
import { applyEdit, type GraphDocument, nodeId, readParsed } from '#graph';
import { mnist } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { parameterEdits, type RunEvent } from '#train';
import { bindData } from '../../src/train/binding.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import {
  anyEngine,
  classifier,
  clouds,
  documentOf,
  field,
  lasting,
  mnistSource,
  settings,
  startRun,
} from '../support/training.ts';

const progressOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));
const phasesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
const numbersOf = (events: readonly RunEvent[]) => progressOf(events).map(lasting);

/** ½(w·x − y)². */
const line = () =>
  documentOf(
    [
      { id: 'x', op: 'input', attrs: { shape: [], batched: true, field: 'x' } },
      { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
      { id: 'w', op: 'parameter', attrs: { shape: [], value: 0.5 } },
      { id: 'p', op: 'mul' },
      { id: 'L', op: 'squaredError' },
    ],
    ['x > p.a', 'w > p.b', 'p > L.prediction', 'y > L.target'],
    'L',
  );
const lineData = (count: number): DataSet => {
  const x = Array.from({ length: count }, (_, at) => (at + 1) / count);
  const y = x.map((value) => 3 * value);
  return {
    name: 'line',
    train: new Map([
      ['x', field([], x)],
      ['y', field([], y)],
    ]),
  };
};

describe('a run', () => {
  it.each(['js', 'wasm', 'cpu', 'auto'] as const)(
    'learns to tell clouds apart on %s',
    async (engine) => {
      const { events, over } = startRun({
        document: classifier(2, 3),
        settings: { ...settings, engine, epochs: 5, learningRate: 0.5 },
      });
      const summary = await over;
      expect(summary.phase).toBe('finished');
      expect(summary.last?.testAccuracy).toBeGreaterThan(0.95);
      expect(phasesOf(events)).toEqual(['loading', 'running', 'finished']);
      expect(summary.check?.difference).toBeLessThan(1e-4);
      expect(events.at(-2)).toMatchObject({ type: 'parameters', reason: 'finished', step: 40 });
    },
  );

  it('may have scores for classes that no example is of, also with a 1 at the class', async () => {
    const oneHot = classifier(2, 5);
    const document = applyEdit(
      oneHot,
      {
        type: 'setAttrs',
        node: nodeId('y'),
        attrs: { shape: [5], batched: true, field: 'y' },
      },
      catalogue,
    );
    const short = { ...settings, epochs: 2 };
    const rows = await startRun({ document, settings: short }).over;
    const indices = await startRun({ document: oneHot, settings: short }).over;
    expect(rows.phase).toBe('finished');
    expect(rows.last?.loss).toBeCloseTo(indices.last?.loss ?? Number.NaN, 6);
  });

  it('steps by hand calculation', async () => {
    // One example x = 1, y = 3: g = (0.5·1 − 3)·1 = −2.5, w = 0.5 + 0.1·2.5.
    const { over } = startRun({
      document: line(),
      dataSet: lineData(1),
      settings: { ...settings, epochs: 1 },
    });
    const { parameters, last } = await over;
    expect(last?.loss).toBeCloseTo(0.5 * 2.5 ** 2, 6);
    expect(parameters.get(nodeId('w'))?.data[0]).toBeCloseTo(0.75, 6);
  });

  it('gives the same numbers for the same seed, and others for another', async () => {
    const run = async (seed: number) => {
      const { events, over } = startRun({
        document: classifier(2, 3),
        settings: { ...settings, engine: 'wasm', seed },
      });
      const { parameters } = await over;
      return { numbers: numbersOf(events), parameters };
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect((await run(2)).numbers).not.toEqual(first.numbers);
  });

  it('sees every example once per epoch, in another order each time', async () => {
    // With nothing learnt, the loss of a step tells which example it saw.
    const { events, over } = startRun({
      document: line(),
      dataSet: lineData(30),
      settings: { ...settings, batchSize: 1, learningRate: 1e-30 },
    });
    await over;
    const losses = progressOf(events).map(({ loss }) => loss);
    const [first, second] = [losses.slice(0, 30), losses.slice(30)];
    expect(new Set(first).size).toBe(30);
    expect([...first].sort()).toEqual([...second].sort());
    expect(first).not.toEqual(second);
  });

  it('takes the examples as they lie where they are not shuffled', async () => {
    const { events, over } = startRun({
      document: line(),
      dataSet: lineData(30),
      settings: { ...settings, batchSize: 1, learningRate: 1e-30, shuffle: false },
    });
    await over;
    const losses = progressOf(events).map(({ loss }) => loss);
    // ½(0.5·x − 3·x)² grows with x.
    expect(losses.slice(0, 30)).toEqual([...losses.slice(0, 30)].sort((a, b) => a - b));
    expect(losses.slice(30)).toEqual(losses.slice(0, 30));
  });

  it('draws the same curve whenever it is repeated, however often it reports', async () => {
    const curve = async (milliseconds: number) => {
      const { events, over } = startRun({
        document: classifier(2, 3),
        settings: { ...settings, epochs: 500, engine: 'js' },
        reportEvery: { milliseconds },
      });
      await over;
      return events.flatMap((event) => (event.type === 'progress' ? event.points : []));
    };
    const points = await curve(1);
    // 4000 steps in 2000 points.
    expect(points.map(({ step }) => step)).toEqual(
      Array.from({ length: 2000 }, (_, at) => 2 * at + 2),
    );
    expect(await curve(1000)).toEqual(points);
  });

  it('goes by the validation set, and looks at the test set once, at the end', async () => {
    const { events, over } = startRun({
      document: classifier(2, 3),
      dataSet: {
        name: 'clouds',
        train: clouds(60, 3),
        validation: clouds(33, 3, 3),
        test: clouds(33, 3, 2),
      },
      settings: { ...settings, epochs: 3 },
      reportEvery: { steps: 1000 },
    });
    const { last } = await over;
    const reports = progressOf(events);
    expect(reports.map(({ validationLoss }) => validationLoss !== undefined)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(reports.map(({ testLoss }) => testLoss !== undefined)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(last?.testAccuracy).toBeGreaterThan(0.5);
  });

  it('measures the norms of parameters and gradients', async () => {
    // w = 0.5, x = 1, y = 3: the gradient is −2.5.
    const { events, over } = startRun({
      document: line(),
      dataSet: lineData(1),
      settings: { ...settings, epochs: 1 },
    });
    await over;
    const [first] = events.flatMap((event) => (event.type === 'norms' ? [event.norms] : []));
    expect(first).toEqual({
      step: 1,
      parameters: [{ node: 'w', name: 'w', weight: 0.5, gradient: 2.5 }],
    });
  });

  it('weighs a smaller last mini-batch by its examples', async () => {
    // A learning rate too small to change anything: the epoch's mean is the mean over the data.
    const document = classifier(2, 3);
    const dataSet = { name: 'clouds', train: clouds(21, 3), test: clouds(21, 3) };
    const { events, over } = startRun({
      document,
      dataSet,
      settings: { ...settings, batchSize: 8, epochs: 1, learningRate: 1e-30 },
      reportEvery: { steps: 1000 },
    });
    await over;
    const [only, ...others] = progressOf(events);
    expect(others).toEqual([]);
    const feeds = new Map(
      ['x', 'y'].map((name) => {
        const column = dataSet.train.get(name) ?? field([], []);
        const data = Float64Array.from(column.values);
        const { shape } = column;
        return [nodeId(name), { batched: true, shape, data: { shape: [21, ...shape], data } }];
      }),
    );
    const exact = trace(document, catalogue, { feeds });
    // Parameters are float32 in training: equal to that precision.
    expect(only?.loss).toBeCloseTo(exact.loss ?? 0, 6);
    expect(only?.testLoss).toBeCloseTo(exact.loss ?? 0, 6);
    const scores = exact.nodes.get(nodeId('z'))?.value?.data.data ?? [];
    const right = Array.from(dataSet.train.get('y')?.values ?? []).filter((label, at) => {
      const row = [...scores].slice(3 * at, 3 * at + 3);
      return row.indexOf(Math.max(...row)) === label;
    }).length;
    expect(only?.accuracy).toBeCloseTo(right / 21, 12);
    expect(only?.testAccuracy).toBeCloseTo(right / 21, 12);
  });

  it.each([1, 7, 1000])('trains with mini-batches of %i', async (batchSize) => {
    const { over, events } = startRun({
      document: classifier(2, 3),
      settings: { ...settings, engine: 'wasm', batchSize },
    });
    expect((await over).phase).toBe('finished');
    const perEpoch = Math.ceil(60 / batchSize);
    const { step, steps } = progressOf(events).at(-1) ?? {};
    expect([step, steps]).toEqual([2 * perEpoch, 2 * perEpoch]);
    for (const { accuracy } of progressOf(events)) expect(accuracy).toBeLessThanOrEqual(1);
  });

  it('takes one-hot rows where the graph wants them', async () => {
    const document = applyEdit(
      classifier(2, 3),
      { type: 'setAttrs', node: nodeId('y'), attrs: { shape: [3] } },
      catalogue,
    );
    const { over } = startRun({
      document,
      settings: { ...settings, learningRate: 0.5, epochs: 4 },
    });
    expect((await over).last?.testAccuracy).toBeGreaterThan(0.95);
  });

  it('leaves frozen parameters alone', async () => {
    const document = applyEdit(
      classifier(2, 3),
      { type: 'setAttrs', node: nodeId('W'), attrs: { frozen: true } },
      catalogue,
    );
    const before = trainableGraph(document, catalogue).parameters;
    const { parameters } = await startRun({ document }).over;
    for (const { id, name, initial } of before) {
      const same = parameters
        .get(id)
        ?.data.every((x, at) => x === Math.fround(initial.data[at] ?? 0));
      expect(same, name).toBe(name === 'W');
    }
  });
});

describe('control of a run', () => {
  const long = { ...settings, epochs: 100_000 };

  it('stops when told to, and hands the parameters over', async () => {
    const { run, events, over } = startRun({
      document: classifier(2, 3),
      settings: long,
      reportEvery: { steps: 8 },
      report: (event) => {
        if (event.type === 'progress' && event.progress.step >= 40) run.stop();
      },
    });
    const summary = await over;
    expect(summary.phase).toBe('stopped');
    expect(summary.steps).toBeLessThan(80);
    expect(phasesOf(events).at(-1)).toBe('stopped');
    expect(events.at(-2)).toMatchObject({ type: 'parameters', reason: 'stopped' });
    expect([...summary.parameters.keys()]).toEqual(['W', 'b']);
  });

  it('pauses with a snapshot, takes another learning rate, and goes on', async () => {
    const steps: number[] = [];
    const { run, events, over } = startRun({
      document: classifier(2, 3),
      settings: long,
      reportEvery: { milliseconds: 5 },
      report: (event) => {
        if (event.type === 'progress') steps.push(event.progress.step);
        if (event.type === 'progress' && steps.length === 2) run.pause();
        if (event.type === 'progress' && event.progress.learningRate === 0.01) run.stop();
        if (event.type !== 'phase' || event.phase !== 'paused') return;
        const paused = steps.at(-1);
        setTimeout(() => {
          expect(steps.at(-1)).toBe(paused);
          run.setLearningRate(0.01);
          run.resume();
        }, 50);
      },
    });
    expect((await over).phase).toBe('stopped');
    expect(phasesOf(events)).toEqual(['loading', 'running', 'paused', 'running', 'stopped']);
    const reasons = events.flatMap((event) => (event.type === 'parameters' ? [event.reason] : []));
    expect(reasons.filter((reason) => reason !== 'checkpoint')).toEqual(['paused', 'stopped']);
  });

  it('takes one step at a time: from the start, then after each pause', async () => {
    const paused: number[] = [];
    const { run, events, over } = startRun({
      document: classifier(2, 3),
      settings: { ...settings, epochs: 2 },
      single: true,
      reportEvery: { milliseconds: 1e6 },
      report: (event) => {
        if (event.type !== 'phase' || event.phase !== 'paused') return;
        const step = progressOf(events).at(-1)?.step ?? 0;
        paused.push(step);
        // Over the end of an epoch as well, whose test belongs to its last step.
        setTimeout(() => (step < 10 ? run.step() : run.resume()));
      },
    });
    const summary = await over;
    expect(paused).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(summary).toMatchObject({ phase: 'finished', steps: 16 });
    expect(phasesOf(events).filter((phase) => phase === 'running')).toHaveLength(2);
    expect(progressOf(events).find(({ step }) => step === 8)?.testLoss).toBeDefined();
    const straight = await startRun({ document: classifier(2, 3) }).over;
    expect(summary.parameters).toEqual(straight.parameters);
  });

  it('pauses after the step under way where a single one is asked for', async () => {
    const { run, events, over } = startRun({
      document: classifier(2, 3),
      settings: long,
      report: (event) => {
        if (event.type === 'progress' && event.progress.step === 5) run.step();
        if (event.type === 'phase' && event.phase === 'paused') run.stop();
      },
    });
    expect(await over).toMatchObject({ phase: 'stopped', steps: 5 });
    expect(phasesOf(events)).toContain('paused');
  });

  it('sends checkpoints at the end of every epoch', async () => {
    const { events, over } = startRun({
      document: classifier(2, 3),
      settings: { ...settings, epochs: 3 },
    });
    await over;
    const checkpoints = events.flatMap((event) =>
      event.type === 'parameters' && event.reason === 'checkpoint' ? [event.step] : [],
    );
    expect(checkpoints).toEqual([8, 16]);
  });

  it('answers to messages while it computes', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
    }, 10);
    const { run, over } = startRun({
      document: classifier(2, 3),
      settings: long,
      reportEvery: { milliseconds: 50 },
    });
    setTimeout(() => run.stop(), 400);
    await over;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('a run that leaves the range of numbers', () => {
  const diverging = { ...settings, learningRate: 1e20, epochs: 50 };

  it.each(['js', 'wasm'] as const)(
    'ends with the node named and the last good parameters, on %s',
    async (engine) => {
      const { events, over } = startRun({
        document: line(),
        dataSet: lineData(16),
        settings: { ...diverging, engine },
      });
      const { phase, message, parameters } = await over;
      expect(phase).toBe('failed');
      expect(message).toMatch(/left the range of numbers at step \d+: .*“.+” was the first/);
      const failed = events.find((event) => event.type === 'phase' && event.phase === 'failed');
      expect(failed).toHaveProperty('node');
      expect(parameters.size).toBe(1);
      for (const { data } of parameters.values()) {
        for (const entry of data) expect(Number.isFinite(entry)).toBe(true);
      }
    },
  );

  it('names the node whose gradient was the first to be infinite', async () => {
    // √x at 0: the value is fine, the slope is not.
    const document = documentOf(
      [
        { id: 'x', op: 'input', attrs: { shape: [], batched: true, field: 'x' } },
        { id: 'w', op: 'parameter', attrs: { shape: [], value: 0 } },
        { id: 'p', op: 'mul' },
        { id: 'root', op: 'power', attrs: { exponent: 0.5 } },
      ],
      ['x > p.a', 'w > p.b', 'p > root.x'],
      'root',
    );
    const dataSet = { name: 'ones', train: new Map([['x', field([], [1, 1, 1, 1])]]) };
    const { over } = startRun({ document, dataSet, settings: { ...settings, batchSize: 2 } });
    const { phase, message } = await over;
    expect(phase).toBe('failed');
    expect(message).toContain('“p”');
  });
});

describe('what cannot be trained says why', () => {
  const sentences: readonly (readonly [string, () => GraphDocument, RegExp])[] = [
    ['no loss', () => ({ ...classifier(2, 3), loss: undefined }), /no loss/],
    [
      'no parameter',
      () =>
        documentOf(
          [
            { id: 'x', op: 'input', attrs: { shape: [2], batched: true, field: 'x' } },
            { id: 's', op: 'sum' },
          ],
          ['x > s.x'],
          's',
        ),
      /nothing to train/,
    ],
    [
      'no field',
      () =>
        applyEdit(
          classifier(2, 3),
          { type: 'setAttrs', node: nodeId('x'), attrs: { field: undefined } },
          catalogue,
        ),
      /“x” .*set its field to one of “clouds” \(“x” and “y”\)/,
    ],
    [
      'an unknown field',
      () =>
        applyEdit(
          classifier(2, 3),
          { type: 'setAttrs', node: nodeId('x'), attrs: { field: 'z' } },
          catalogue,
        ),
      /“x” asks for the field “z”, but “clouds” has “x” and “y”/,
    ],
    [
      'another shape',
      () => classifier(5, 3),
      /“x” has shape \[5\], but the field “x” .* has \[2\]/,
    ],
    ['too few scores', () => classifier(2, 2), /3 classes, but the loss gets only 2 scores/],
    [
      'a loss that is no number',
      () => ({ ...classifier(2, 3), loss: { node: nodeId('z'), seed: 1 } }),
      /“z” is \[3\]; training needs one number/,
    ],
    [
      'a missing input',
      () => {
        const document = classifier(2, 3);
        return { ...document, wires: document.wires.filter(({ to }) => to.port !== 'w') };
      },
      /w/,
    ],
  ];

  it.each(sentences)('%s', async (_, document, sentence) => {
    const { phase, message } = await startRun({ document: document() }).over;
    expect(phase).toBe('failed');
    expect(message).toMatch(sentence);
    expect(message).toMatch(/^[^\n]+[.!]$/);
  });

  it('labels that are no classes', async () => {
    const points = Array.from({ length: 8 }, (_, at) => at);
    for (const [labels, sentence] of [
      [[0, 1, -1, 1], /^“y” of “labels” holds -1 \(example 3\), but .* from 0 to 1\.$/],
      [[0, 2, 1, 1], /^“y” of “labels” holds 2 \(example 2\)/],
      [[0, 0.5, 1, 1], /^“y” of “labels” holds 0\.5 \(example 2\)/],
    ] as const) {
      const train = new Map([
        ['x', field([2], points)],
        ['y', field([], [...labels])],
      ]);
      const { over } = startRun({
        document: classifier(2, 2),
        dataSet: { name: 'labels', train },
      });
      expect(await over).toMatchObject({ phase: 'failed', message: sentence });
    }
  });

  it('an engine that is not there yet', async () => {
    const { over } = startRun({
      document: classifier(2, 3),
      settings: { ...settings, engine: 'webgpu' },
    });
    expect(await over).toMatchObject({ phase: 'failed', message: /webgpu/ });
  });
});

describe('trained parameters', () => {
  it('come back as edits, except where the document has changed', async () => {
    const document = classifier(2, 3);
    const learnt = await startRun({ document }).over;
    const changed = applyEdit(
      document,
      { type: 'setAttrs', node: nodeId('b'), attrs: { shape: [4] } },
      catalogue,
    );
    const edits = parameterEdits(document, catalogue, learnt);
    expect(edits.map((edit) => 'node' in edit && edit.node)).toEqual(['W', 'b']);
    expect(parameterEdits(changed, catalogue, learnt)).toHaveLength(1);
  });
});

describe('memory', () => {
  it.each(['js', 'wasm', 'cpu'] as const)('stays level over 200 steps on %s', async (name) => {
    const engine = await anyEngine(name);
    const graph = trainableGraph(classifier(2, 3), catalogue);
    const { train } = bindData(graph, { name: 'clouds', train: clouds(60, 3) });
    const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
    const start = engine.held();
    const session = new Session(graph, updateRule(settings), engine, parameters);
    const order = Uint32Array.from({ length: 60 }, (_, at) => at);
    const step = async (at: number) => {
      const draw = { seed: 0, step: at };
      await session.step(
        { data: train, order, from: (at * 7) % 50, size: at % 2 ? 8 : 3, draw },
        0.1,
      );
    };
    for (let at = 0; at < 10; at++) await step(at);
    const level = engine.held();
    for (let at = 0; at < 200; at++) await step(at);
    expect(engine.held()).toBe(level);
    session.dispose();
    // wasm keeps a few rows of ones.
    expect(engine.held() - start).toBeLessThanOrEqual(name === 'wasm' ? 4 : 0);
  });
});

describe('MNIST', () => {
  it('is learnt by the two-layer net in one short epoch', { timeout: 60_000 }, async () => {
    const { document } = readParsed(mnist.file, catalogue);
    const whole = await readDataSet(mnistSource());
    const shortened = new Map(
      [...whole.train].map(([name, column]) => [name, { ...column, count: 12_000 }]),
    );
    const { over } = startRun({
      document,
      dataSet: { ...whole, train: shortened },
      settings: { ...settings, engine: 'auto', batchSize: 64, learningRate: 0.3, epochs: 1 },
      reportEvery: { steps: 50 },
    });
    const { phase, last, check, engine } = await over;
    expect(phase).toBe('finished');
    expect(engine).toBe('wasm');
    expect(check?.difference).toBeLessThan(1e-4);
    expect(last?.testAccuracy).toBeGreaterThan(0.88);
  });
});

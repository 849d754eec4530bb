import { describe, expect, it } from 'vitest';
import { type DataSet, readDataSet } from '#data';
import { applyEdit, type GraphDocument, nodeId, readParsed, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { type Learnt, parameterEdits, type RunEvent } from '#train';
import { stretches } from '../../src/train/batches.ts';
import { bindData } from '../../src/train/binding.ts';
import { checkEngine, traceBatch } from '../../src/train/check.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { drawMask } from '../../src/train/masks.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import {
  anyEngine,
  clouds,
  deep,
  documentOf,
  field,
  lasting,
  mnistSource,
  settings,
  startRun,
} from '../support/training.ts';

const numbersOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'progress' ? [lasting(event.progress)] : []));

const learn = (document: GraphDocument, learnt: Learnt) =>
  parameterEdits(document, catalogue, learnt).reduce(
    (state, edit) => applyEdit(state, edit, catalogue),
    document,
  );

/** Loss over a whole part of the data, exactly, with everything switched as in use. */
function exactLoss(document: GraphDocument, data: DataSet['train']): number {
  const used = ['n', 'd'].reduce(
    (state, id) =>
      applyEdit(
        state,
        { type: 'setAttrs', node: nodeId(id), attrs: { training: false } },
        catalogue,
      ),
    document,
  );
  const feeds = new Map(
    [...data].map(([name, { shape, count, values }]) => [
      nodeId(name),
      {
        batched: true,
        shape,
        data: { shape: [count, ...shape], data: Float64Array.from(values) },
      },
    ]),
  );
  return trace(used, catalogue, { feeds }).loss ?? Number.NaN;
}

describe('masks', () => {
  const draw = { seed: 3, step: 7 };
  const wanted = { keep: 0.3, seed: 0 };

  it('keep the wanted share of every place', () => {
    const rounds = 4000;
    const kept = new Float64Array(5);
    for (let step = 1; step <= rounds; step++) {
      drawMask(nodeId('d'), wanted, [5], { seed: 3, step }).forEach((bit, at) => {
        expect(bit === 0 || bit === 1).toBe(true);
        kept[at] = (kept[at] ?? 0) + bit;
      });
    }
    // Five standard deviations of a share over so many draws.
    for (const count of kept) expect(Math.abs(count / rounds - 0.3)).toBeLessThan(0.037);
  });

  it('are the same again, and others for another step, seed, node or node’s seed', () => {
    const shape = [40, 5];
    const first = drawMask(nodeId('d'), wanted, shape, draw);
    expect(drawMask(nodeId('d'), wanted, shape, draw)).toEqual(first);
    for (const other of [
      drawMask(nodeId('d'), wanted, shape, { seed: 3, step: 8 }),
      drawMask(nodeId('d'), wanted, shape, { seed: 4, step: 7 }),
      drawMask(nodeId('e'), wanted, shape, draw),
      drawMask(nodeId('d'), { keep: 0.3, seed: 1 }, shape, draw),
    ]) {
      expect(other).not.toEqual(first);
    }
  });

  it('keep everything where the probability is 1', () => {
    expect(
      drawMask(nodeId('d'), { keep: 1, seed: 0 }, [1000], draw).every((bit) => bit === 1),
    ).toBe(true);
  });
});

describe.each([
  ['js', 1e-9],
  ['wasm', 1e-4],
  ['cpu', 1e-4],
] as const)('dropout and batch normalization on %s', (name, most) => {
  it('have the gradients of the exact trace with the same mask', async () => {
    const graph = trainableGraph(deep(), catalogue);
    const { train } = bindData(graph, { name: 'clouds', train: clouds(16, 3) });
    const parameters = new Map(
      graph.parameters.map(({ id, initial: { shape, data } }) => [
        id,
        { shape, data: Float64Array.from(data, Math.fround) },
      ]),
    );
    const session = new Session(graph, updateRule(settings), await anyEngine(name), parameters);
    const order = Uint32Array.from({ length: 16 }, (_, at) => at);
    const batch = { data: train, order, from: 0, size: 16, draw: { seed: 1, step: 1 } };
    expect((await checkEngine(graph, session, batch, parameters)).difference).toBeLessThanOrEqual(
      most,
    );
    // With the mask of another step it would be another function.
    const other = { ...batch, draw: { seed: 1, step: 2 } };
    expect(traceBatch(graph, other, parameters).loss).not.toBeCloseTo(
      traceBatch(graph, batch, parameters).loss ?? 0,
      3,
    );
    session.dispose();
  });

  it('learn, and are tested as in use', async () => {
    const dataSet = { name: 'clouds', train: clouds(96, 3), test: clouds(60, 3, 2) };
    const document = deep();
    const { events, over } = startRun({
      document,
      dataSet,
      settings: { ...settings, engine: name, batchSize: 16, epochs: 8, learningRate: 0.3 },
    });
    const summary = await over;
    expect(summary.phase).toBe('finished');
    expect(summary.check?.difference).toBeLessThan(1e-4);
    expect(summary.last?.testAccuracy).toBeGreaterThan(0.95);
    const trained = learn(document, summary);
    expect(Math.abs(exactLoss(trained, dataSet.test) - (summary.last?.testLoss ?? 0))).toBeLessThan(
      1e-4,
    );
    const reported = events.flatMap((event) => (event.type === 'parameters' ? [event] : []));
    expect(reported.at(-1)?.averages.map(({ attribute }) => attribute)).toEqual([
      'runningMean',
      'runningVariance',
    ]);
  });
});

describe('dropout in training', () => {
  it('gives the same numbers for the same seed, and others for another', async () => {
    const run = async (seed: number) => {
      const { events, over } = startRun({
        document: deep(),
        settings: { ...settings, engine: 'wasm', batchSize: 10, seed },
      });
      const { parameters, averages } = await over;
      return { numbers: numbersOf(events), parameters, averages };
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect((await run(2)).numbers).not.toEqual(first.numbers);
  });

  it('draws another mask for every step: where nothing is learnt, only that can change the loss', async () => {
    const one = { name: 'one', train: new Map([['x', field([8], [1, 2, 3, 4, 5, 6, 7, 8])]]) };
    const document = documentOf(
      [
        { id: 'x', op: 'input', attrs: { shape: [8], batched: true, field: 'x' } },
        { id: 'w', op: 'parameter', attrs: { shape: [8], value: [1, 1, 1, 1, 1, 1, 1, 1] } },
        { id: 'd', op: 'dropout' },
        { id: 'p', op: 'mul' },
        { id: 'L', op: 'sum' },
      ],
      ['x > d.x', 'd > p.a', 'w > p.b', 'p > L.x'],
      'L',
    );
    const run = async (attrs: Readonly<Record<string, unknown>>) => {
      const { events, over } = startRun({
        document: applyEdit(document, { type: 'setAttrs', node: nodeId('d'), attrs }, catalogue),
        dataSet: one,
        settings: { ...settings, epochs: 12, learningRate: 1e-30 },
      });
      expect((await over).phase).toBe('finished');
      return numbersOf(events).map(({ loss }) => loss);
    };
    expect(new Set(await run({})).size).toBeGreaterThan(6);
    expect(new Set(await run({ training: false }))).toEqual(new Set([36]));
    // A mask that was given stays: (1 + 3 + 8) / 0.5.
    expect(new Set(await run({ mask: [[1, 0, 1, 0, 0, 0, 0, 1]] }))).toEqual(new Set([24]));
  });
});

describe('running averages', () => {
  it('follow the mini-batches by hand calculation', async () => {
    // x = 1, 3 and 5, 9: means 2 and 7, variances 1 and 4; momentum 0.9, from 0 and 1.
    const graph = trainableGraph(
      documentOf(
        [
          { id: 'x', op: 'input', attrs: { shape: [1], batched: true, field: 'x' } },
          { id: 'g', op: 'parameter', attrs: { shape: [1], value: [1] } },
          { id: 's', op: 'parameter', attrs: { shape: [1], value: [0] } },
          { id: 'n', op: 'batchNorm' },
          { id: 'L', op: 'sum' },
        ],
        ['x > n.x', 'g > n.gamma', 's > n.beta', 'n > L.x'],
        'L',
      ),
      catalogue,
    );
    const { train } = bindData(graph, {
      name: 'four',
      train: new Map([['x', field([1], [1, 3, 5, 9])]]),
    });
    const session = new Session(graph, updateRule(settings), await anyEngine('js'), new Map());
    const order = [0, 1, 2, 3];
    const draw = { seed: 0, step: 1 };
    await session.step({ data: train, order, from: 0, size: 2, draw }, 0.1);
    await session.step({ data: train, order, from: 2, size: 2, draw }, 0.1);
    expect((await session.read('average runningMean n'))?.[0]).toBeCloseTo(0.9 * 0.2 + 0.7, 12);
    expect((await session.read('average runningVariance n'))?.[0]).toBeCloseTo(0.9 * 1 + 0.4, 12);
    session.stepBack();
    expect((await session.read('average runningMean n'))?.[0]).toBeCloseTo(0.2, 12);
    session.dispose();
  });

  it('go on where a run before left them, and survive the file', async () => {
    const document = deep();
    const first = await startRun({ document }).over;
    const trained = learn(document, first);
    const { document: reopened, repairs } = readParsed(
      JSON.parse(writeDocument(trained, catalogue)),
      catalogue,
    );
    expect(repairs).toEqual([]);
    const starts = trainableGraph(reopened, catalogue).averages;
    for (const { attribute, initial } of starts) {
      expect(initial).toEqual(first.averages.get(nodeId('n'))?.[attribute]);
    }
    expect(starts).toHaveLength(2);
  });

  it('are left alone where the layer has another width by now', async () => {
    const document = deep();
    const learnt = await startRun({ document }).over;
    const narrower = (['V', 'g', 's', 'W'] as const).reduce((state, id) => {
      const shape = { V: [4, 2], g: [4], s: [4], W: [3, 4] }[id];
      return applyEdit(state, { type: 'setAttrs', node: nodeId(id), attrs: { shape } }, catalogue);
    }, document);
    const edits = parameterEdits(narrower, catalogue, learnt);
    expect(edits.map((edit) => 'node' in edit && edit.node)).toEqual(['b']);
  });

  it('that a person froze are used in training, and stay', async () => {
    const attrs = { training: false, runningMean: [1, 1, 1, 1, 1, 1] };
    const document = applyEdit(deep(), { type: 'setAttrs', node: nodeId('n'), attrs }, catalogue);
    const { phase, averages, check } = await startRun({ document }).over;
    expect(phase).toBe('finished');
    expect(check?.difference).toBeLessThan(1e-9);
    expect(averages.size).toBe(0);
  });

  it('come with every snapshot of a run that is stopped', async () => {
    const { run, events, over } = startRun({
      document: deep(),
      settings: { ...settings, epochs: 100_000 },
      report: (event) => {
        if (event.type === 'progress' && event.progress.step >= 10) run.stop();
      },
    });
    const { phase, averages } = await over;
    expect(phase).toBe('stopped');
    expect(averages.get(nodeId('n'))?.runningMean?.shape).toEqual([6]);
    const snapshots = events.flatMap((event) => (event.type === 'parameters' ? [event] : []));
    expect(snapshots.map(({ reason }) => reason)).toEqual(['checkpoint', 'stopped']);
    for (const { averages: sent } of snapshots) expect(sent).toHaveLength(2);
  });
});

describe('a mini-batch of one example', () => {
  it('is skipped at the end of an epoch where a layer normalizes over the batch', async () => {
    const dataSet = { name: 'clouds', train: clouds(17, 3) };
    const chosen = { ...settings, batchSize: 8, epochs: 3 };
    const { events, over } = startRun({ document: deep(), dataSet, settings: chosen });
    const { phase, steps, examples } = await over;
    expect({ phase, steps, examples }).toEqual({ phase: 'finished', steps: 6, examples: 48 });
    expect(numbersOf(events).at(-1)).toMatchObject({ step: 6, steps: 6, stepsPerEpoch: 2 });
    expect(stretches(17, 8)).toHaveLength(3);
  });

  it.each([
    ['by the setting', { ...settings, batchSize: 1 }, 9],
    ['because there is no other', settings, 1],
  ])('is refused %s', async (_, chosen, count) => {
    const dataSet = { name: 'clouds', train: clouds(count, 3) };
    const { phase, message } = await startRun({ document: deep(), dataSet, settings: chosen }).over;
    expect(phase).toBe('failed');
    expect(message).toMatch(/^“n” normalizes over the examples .* at least 2/);
  });

  it('trains where every channel has many places', async () => {
    const document = documentOf(
      [
        { id: 'x', op: 'input', attrs: { shape: [2, 2, 1], batched: true, field: 'x' } },
        { id: 'g', op: 'parameter', attrs: { shape: [1], value: [2] } },
        { id: 's', op: 'parameter', attrs: { shape: [1], value: [0.5] } },
        { id: 'n', op: 'batchNorm' },
        { id: 'q', op: 'square' },
        { id: 'L', op: 'mean' },
      ],
      ['x > n.x', 'g > n.gamma', 's > n.beta', 'n > q.x', 'q > L.x'],
      'L',
    );
    const pictures = { name: 'p', train: new Map([['x', field([2, 2, 1], [1, 2, 3, 5])]]) };
    expect((await startRun({ document, dataSet: pictures }).over).phase).toBe('finished');
  });
});

describe('what cannot be evaluated in one go', () => {
  it('names the layer whose mask has another number of examples', async () => {
    const document = deep(2, 2, 3, { mask: [[1, 0]] });
    const { phase, message } = await startRun({ document }).over;
    expect(phase).toBe('failed');
    expect(message).toMatch(/“d”.*mask holds 1 examples/);
  });

  it('holds no tensor longer than its step', async () => {
    const engine = await anyEngine('wasm');
    const graph = trainableGraph(deep(), catalogue);
    const { train } = bindData(graph, { name: 'clouds', train: clouds(60, 3) });
    const session = new Session(graph, updateRule(settings), engine, new Map());
    const order = Uint32Array.from({ length: 60 }, (_, at) => at);
    const step = (at: number) =>
      session.step(
        { data: train, order, from: at % 50, size: 8, draw: { seed: 0, step: at } },
        0.1,
      );
    for (let at = 0; at < 5; at++) await step(at);
    const level = engine.held();
    for (let at = 0; at < 100; at++) await step(at);
    expect(engine.held()).toBe(level);
    session.dispose();
  });
});

describe('MNIST', () => {
  it('is learnt by a net with batch normalization and dropout', { timeout: 60_000 }, async () => {
    const whole = await readDataSet(mnistSource());
    const few = new Map(
      [...whole.train].map(([name, column]) => [name, { ...column, count: 4000 }]),
    );
    const fewer = new Map(
      [...(whole.test ?? [])].map(([name, column]) => [name, { ...column, count: 1000 }]),
    );
    const { over } = startRun({
      document: deep(784, 64, 10, { keep: 0.8 }),
      dataSet: { name: 'mnist', train: few, test: fewer },
      settings: { ...settings, engine: 'wasm', batchSize: 50, learningRate: 0.1, epochs: 2 },
      reportEvery: { steps: 50 },
    });
    const { phase, last, check } = await over;
    expect(phase).toBe('finished');
    expect(check?.difference).toBeLessThan(1e-4);
    expect(last?.testAccuracy).toBeGreaterThan(0.85);
  });
});

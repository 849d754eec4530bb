import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '#data';
import { applyEdit, type GraphDocument, nodeId } from '#graph';
import { catalogue } from '#ops';
import { trace } from '#trace';
import type { Answer, Ask, ExampleChoice, Learnt } from '#train';
import { bindData } from '../../src/train/binding.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { Inspector } from '../../src/train/insight/inspector.ts';
import { InsightService, type Told } from '../../src/train/insight/service.ts';
import { barCount, spreadOf } from '../../src/train/insight/spread.ts';
import { Tally } from '../../src/train/insight/tally.ts';
import { planInUse } from '../../src/train/modes.ts';
import {
  anyEngine,
  classifier,
  clouds,
  deep,
  documentOf,
  field,
  settings,
  startRun,
} from '../support/training.ts';

describe('the spread of numbers', () => {
  it('has mean, deviation and extremes by hand calculation', () => {
    // −1, 0, 0, 1, 5: mean 1, squares 4 + 1 + 1 + 0 + 16 = 22.
    const spread = spreadOf([-1, 0, 0, 1, 5]);
    expect(spread).toMatchObject({ count: 5, mean: 1, low: -1, high: 5, zeros: 0.4, notFinite: 0 });
    expect(spread.deviation).toBeCloseTo(Math.sqrt(22 / 5), 12);
    expect(spread.saturated).toBeUndefined();
  });

  it('counts each number in the bar it lies in, the largest in the last', () => {
    const { bars } = spreadOf([0, 1, 2, 3, 4].map((x) => (x * barCount) / 4));
    const places = bars.flatMap((count, at) => Array.from({ length: count }, () => at));
    expect(places).toEqual([0, barCount / 4, barCount / 2, (3 * barCount) / 4, barCount - 1]);
  });

  it('puts equal numbers into one bar', () => {
    const { bars, low, high, deviation } = spreadOf([7, 7, 7]);
    expect([low, high, deviation]).toEqual([7, 7, 0]);
    expect(bars.filter((count) => count > 0)).toEqual([3]);
  });

  it('tells how much of a sigmoid or tanh is saturated', () => {
    expect(spreadOf([0.001, 0.5, 0.995, 0.98], 'sigmoid').saturated).toBe(0.5);
    expect(spreadOf([-0.99, 0, 0.5, 0.9], 'tanh').saturated).toBe(0.25);
    expect(spreadOf([0, 0, 2], 'relu')).toMatchObject({ zeros: 2 / 3 });
  });

  it('sets what is not finite apart', () => {
    const spread = spreadOf([1, Number.NaN, 3, Number.POSITIVE_INFINITY]);
    expect(spread).toMatchObject({ count: 4, mean: 2, low: 1, high: 3, notFinite: 2 });
    expect(spreadOf([Number.NaN])).toMatchObject({ count: 1, mean: 0, notFinite: 1 });
    expect(spreadOf([])).toMatchObject({ count: 0, mean: 0 });
  });

  it('loses no number', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 })), (data) => {
        const { bars } = spreadOf(data);
        expect(bars.reduce((all, count) => all + count, 0)).toBe(data.length);
      }),
    );
  });
});

describe('the tally of answers', () => {
  it('is a confusion matrix with true classes as rows, by hand', () => {
    const tally = new Tally(3);
    tally.add(0, [0.7, 0.2, 0.1]);
    tally.add(0, [0.3, 0.6, 0.1]);
    tally.add(1, [0.1, 0.8, 0.1]);
    tally.add(2, [0.5, 0.3, 0.2]);
    expect(tally.counts).toEqual([1, 1, 0, 0, 1, 0, 1, 0, 0]);
    expect(tally.top1).toBe(0.5);
  });

  it('has no top-5 error where there are at most five classes', () => {
    for (const classes of [1, 2, 3, 5]) {
      const tally = new Tally(classes);
      for (let truth = 0; truth < classes; truth++) {
        tally.add(
          truth,
          Array.from({ length: classes }, (_, at) => (at === truth ? 0 : 1)),
        );
      }
      expect(tally.top5).toBe(0);
      expect(tally.top1).toBeLessThanOrEqual(1);
    }
  });

  it('counts an example as missed whose class is not among the first five', () => {
    const tally = new Tally(7);
    tally.add(6, [7, 6, 5, 4, 3, 2, 1]);
    tally.add(4, [7, 6, 5, 4, 3, 2, 1]);
    tally.add(0, [7, 6, 5, 4, 3, 2, 1]);
    expect([tally.top1, tally.top5]).toEqual([2 / 3, 1 / 3]);
  });

  it('takes the first of equal scores, and counts NaN as wrong', () => {
    const tally = new Tally(6);
    expect(tally.add(1, [1, 1, 0, 0, 0, 0])).toBe(0);
    tally.add(5, [0, 0, 0, 0, 0, 0]);
    tally.add(
      2,
      Array.from({ length: 6 }, () => Number.NaN),
    );
    expect(tally.top1).toBe(1);
    expect(tally.top5).toBeCloseTo(2 / 3, 12);
  });
});

const dataSet: DataSet = { name: 'clouds', train: clouds(60, 3), test: clouds(33, 3, 2) };

/** An inspector of a document with its own parameters. */
async function inspect(
  document: GraphDocument,
  {
    engine = 'js',
    data = dataSet,
  }: { readonly engine?: 'js' | 'wasm'; readonly data?: DataSet } = {},
) {
  const graph = trainableGraph(document, catalogue);
  const own = await anyEngine(engine);
  const parts = bindData(graph, data);
  const inspector = new Inspector({ graph, engine: own, data, parts, batchSize: 8 });
  const learnt: Learnt = {
    parameters: new Map(graph.parameters.map(({ id, initial }) => [id, initial])),
    averages: new Map(graph.averages.map(({ id }) => [id, averagesAtFirst(graph, id)])),
  };
  const ask = async <K extends Ask['kind']>(question: Ask & { kind: K }) => {
    const portions = inspector.answer(question, { step: 1, learnt });
    for (;;) {
      const { done, value } = await portions.next();
      if (done) return value as Extract<Answer, { kind: K }>;
    }
  };
  return { ask, graph, engine: own, inspector, learnt };
}

function averagesAtFirst({ averages }: ReturnType<typeof trainableGraph>, node: string) {
  const own = averages.filter(({ id }) => id === node);
  return Object.fromEntries(own.map(({ attribute, initial }) => [attribute, initial]));
}

/** What the exact trace makes of rows of the data. */
function traced(document: GraphDocument, part: 'train' | 'test', indices: readonly number[]) {
  const fields = dataSet[part] ?? dataSet.train;
  const feeds = new Map(
    [...fields].map(([name, { shape, values }]) => {
      const width = shape[0] ?? 1;
      const rows = indices.flatMap((at) => [...values.slice(at * width, (at + 1) * width)]);
      const data = Float64Array.from(rows);
      return [
        nodeId(name),
        { batched: true, shape, data: { shape: [indices.length, ...shape], data } },
      ] as const;
    }),
  );
  return trace(document, catalogue, { feeds });
}

const all = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('what is told of a net', () => {
  it('begins with what there is to look at', async () => {
    const { ask } = await inspect(deep());
    expect(await ask({ kind: 'facts' })).toEqual({
      kind: 'facts',
      given: [{ node: 'x', name: 'x', shape: [2] }],
      verdict: { kind: 'classes', size: 3 },
      counts: { train: 60, test: 33 },
      modes: true,
    });
  });

  it.each(['js', 'wasm'] as const)('has the spreads of the exact trace, on %s', async (engine) => {
    const document = classifier(2, 3);
    const { ask } = await inspect(document, { engine });
    const { spreads, norms, examples } = await ask({ kind: 'spreads' });
    expect(examples).toBe(60);
    const exact = traced(document, 'train', all(60));
    const { value, gradient } = exact.nodes.get(nodeId('z')) ?? {};
    const [activation, back, ...weights] = spreads;
    const expected = spreadOf(value?.data.data ?? []);
    expect(activation).toMatchObject({ node: 'z', role: 'activation' });
    expect(activation?.spread.mean).toBeCloseTo(expected.mean, 5);
    expect(activation?.spread.deviation).toBeCloseTo(expected.deviation, 5);
    expect(back).toMatchObject({ node: 'z', role: 'gradient' });
    expect(back?.spread.high).toBeCloseTo(spreadOf(gradient?.data.data ?? []).high, 6);
    expect(weights.map(({ node, role }) => [node, role])).toEqual([
      ['W', 'weight'],
      ['b', 'weight'],
    ]);
    const ofW = exact.nodes.get(nodeId('W'))?.gradient?.data.data ?? [];
    expect(norms[0]?.gradient).toBeCloseTo(Math.hypot(...ofW), 5);
    expect(norms[0]?.update).toBeUndefined();
  });

  it.each(['js', 'wasm'] as const)('counts right and wrong over a part, on %s', async (engine) => {
    const document = applyEdit(
      classifier(2, 3),
      {
        type: 'setAttrs',
        node: nodeId('W'),
        attrs: { value: { shape: [3, 2], data: Float64Array.of(0.2, 1, 0.5, 0, -1, -0.5) } },
      },
      catalogue,
    );
    const { ask } = await inspect(document, { engine });
    const { confusion, worst, loss, examples, of } = await ask({
      kind: 'answers',
      part: 'test',
      atMost: 1000,
    });
    const exact = traced(document, 'test', all(33));
    const scores = exact.nodes.get(nodeId('z'))?.value?.data.data ?? new Float64Array(0);
    const tally = new Tally(3);
    const labels = dataSet.test?.get('y')?.values ?? [];
    all(33).forEach((at) => {
      tally.add(labels[at] ?? 0, scores.slice(3 * at, 3 * at + 3));
    });
    expect([examples, of]).toEqual([33, 33]);
    expect(confusion).toEqual({ classes: 3, counts: tally.counts, top1: tally.top1, top5: 0 });
    expect(loss).toBeCloseTo(exact.loss ?? 0, 5);
    const losses = exact.nodes.get(nodeId('L'))?.value?.data.data ?? [];
    expect(tally.top1).toBeGreaterThan(0.1);
    expect(worst.length).toBe(Math.min(24, Math.round(33 * tally.top1)));
    expect(worst[0]?.loss).toBeCloseTo(Math.max(...losses), 5);
    expect(losses[worst[0]?.index ?? 0]).toBeCloseTo(worst[0]?.loss ?? 0, 5);
    for (const { output, target } of worst) {
      expect([...output].reduce((total, p) => total + p, 0)).toBeCloseTo(1, 5);
      expect(output[target[0] ?? 0]).toBeLessThanOrEqual(Math.max(...output));
    }
  });

  it('takes no and yes for two classes', async () => {
    const document = documentOf(
      [
        { id: 'x', op: 'input', attrs: { shape: [], batched: true, field: 'x' } },
        { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
        { id: 'w', op: 'parameter', attrs: { shape: [], value: 1 } },
        { id: 'z', op: 'mul' },
        { id: 'L', op: 'sigmoidCrossEntropy' },
      ],
      ['x > z.a', 'w > z.b', 'z > L.score', 'y > L.target'],
      'L',
    );
    const train = new Map([
      ['x', field([], [-3, -2, 2, 3, 4])],
      ['y', field([], [0, 1, 1, 1, 0])],
    ]);
    const { ask } = await inspect(document, { data: { name: 'signs', train } });
    const { confusion, worst } = await ask({ kind: 'answers', part: 'train', atMost: 9 });
    expect(confusion).toEqual({ classes: 2, counts: [1, 1, 1, 2], top1: 0.4, top5: 0 });
    expect(worst.map(({ index }) => index)).toEqual([4, 1]);
    expect(worst[0]?.output[0]).toBeCloseTo(1 / (1 + Math.exp(-4)), 6);
  });

  it('asks no more examples than it may, at even distances', async () => {
    const { ask } = await inspect(classifier(2, 3));
    const { examples, of, confusion } = await ask({ kind: 'answers', part: 'train', atMost: 7 });
    expect([examples, of]).toEqual([7, 60]);
    expect(confusion?.counts.reduce((total, count) => total + count, 0)).toBe(7);
    const refused: Answer = await ask({ kind: 'answers', part: 'validation', atMost: 7 });
    expect(refused).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('validation'),
    });
  });

  it('colours the plane as the net answers there', async () => {
    const document = classifier(2, 3);
    const { ask } = await inspect(document);
    const { bounds, side, output, points, targets, trained, size } = await ask({ kind: 'region' });
    expect([size, output.length]).toEqual([3, 3 * side * side]);
    expect(points.length).toBe(2 * targets.length);
    expect(trained.filter(Boolean)).toHaveLength(60);
    expect(trained).toHaveLength(93);
    // The corners, and a place between, against the answers there.
    for (const [column, row] of [
      [0, 0],
      [side - 1, 0],
      [0, side - 1],
      [20, 41],
    ] as const) {
      const values = [column, row].map((place, axis) => {
        const [low, high] = bounds[axis] ?? [0, 0];
        return low + ((high - low) * place) / (side - 1);
      });
      const { answered } = await ask({
        kind: 'examples',
        choice: { from: 'own', values: Float32Array.from(values) },
        maps: false,
      });
      const at = 3 * (row * side + column);
      expect([...output.slice(at, at + 3)]).toEqual([...(answered[0]?.output ?? [])]);
    }
  });

  it('draws a line where one number is given, and refuses more than two', async () => {
    const { ask } = await inspect(line(), { data: lineData() });
    const { dimensions, bounds, output, side } = await ask({ kind: 'region' });
    expect(dimensions).toBe(1);
    const [low, high] = bounds[0] ?? [0, 0];
    expect(output[0]).toBeCloseTo(0.5 * low, 5);
    expect(output[side - 1]).toBeCloseTo(0.5 * high, 5);
    const { ask: askOther } = await inspect(classifier(5, 3), {
      data: {
        name: 'five',
        train: new Map([
          ['x', field([5], [1, 2, 3, 4, 5])],
          ['y', field([], [0], 3)],
        ]),
      },
    });
    expect(await askOther({ kind: 'region' })).toMatchObject({ kind: 'refused' });
  });

  it('answers as in use: nothing is dropped', async () => {
    const document = deep(2, 6, 3, { keep: 0.5 });
    const { ask, graph } = await inspect(document);
    const choice: ExampleChoice = { from: 'data', part: 'test', indices: [3, 1] };
    const { answered, maps } = await ask({ kind: 'examples', choice, maps: true });
    const used = planInUse(graph.plan).map(({ node }) => node);
    const exact = traced({ ...document, nodes: used }, 'test', [3, 1]);
    const scores = [...(exact.nodes.get(nodeId('z'))?.value?.data.data ?? [])].slice(3);
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    expect(answered.map(({ index, part }) => [index, part])).toEqual([
      [3, 'test'],
      [1, 'test'],
    ]);
    scores.forEach((score, at) => {
      expect(answered[1]?.output[at]).toBeCloseTo(Math.exp(score) / sum, 5);
    });
    const relu = exact.nodes.get(nodeId('r'))?.value?.data.data.slice(0, 6) ?? [];
    const seen = maps.find(({ node }) => node === 'r')?.data ?? [];
    expect([...seen]).toEqual([...relu].map((x) => expect.closeTo(x, 5)));
  });

  it('refuses examples that do not fit, in a sentence', async () => {
    const { ask } = await inspect(classifier(2, 3));
    const beyond: ExampleChoice = { from: 'data', part: 'test', indices: [33] };
    await expect(ask({ kind: 'moment', choice: beyond })).rejects.toThrow('no example 33');
    const long: ExampleChoice = { from: 'own', values: new Float32Array(3) };
    await expect(ask({ kind: 'examples', choice: long, maps: false })).rejects.toThrow(
      'given 2 numbers',
    );
  });

  it('gives a trace all it needs: the loss is that of the very examples', async () => {
    const document = classifier(2, 3);
    const { ask } = await inspect(document);
    const choice: ExampleChoice = { from: 'data', part: 'test', indices: [5, 9, 2] };
    const { inputs, parameters } = await ask({ kind: 'moment', choice });
    const edits = [...inputs, ...parameters].map(({ node, shape, data }) => ({
      type: 'setAttrs' as const,
      node: nodeId(node),
      attrs: { value: { shape, data: Float64Array.from(data) } },
    }));
    const fed = edits.reduce((now, edit) => applyEdit(now, edit, catalogue), document);
    const { answered } = await ask({ kind: 'examples', choice, maps: false });
    const mean = answered.reduce((total, { loss }) => total + loss, 0) / 3;
    expect(trace(fed, catalogue).loss).toBeCloseTo(mean, 5);
  });

  it.each(['js', 'wasm'] as const)('leaves nothing behind on %s', async (name) => {
    const { ask, engine, inspector } = await inspect(deep(), { engine: name });
    const questions: Ask[] = [
      { kind: 'spreads' },
      { kind: 'answers', part: 'test', atMost: 33 },
      { kind: 'region' },
      { kind: 'examples', choice: { from: 'data', part: 'train', indices: [0] }, maps: true },
    ];
    for (const question of questions) await ask(question);
    const level = engine.held();
    for (const question of questions) await ask(question);
    expect(engine.held()).toBe(level);
    inspector.dispose();
  });
});

describe('looking at a run', () => {
  const long = { ...settings, epochs: 100_000 };

  it('is answered while it runs, with what a step changed, and while it is paused', async () => {
    const told: Told[] = [];
    const { run, over } = startRun({
      document: classifier(2, 3),
      settings: long,
      reportEvery: { milliseconds: 5 },
      report: (event) => {
        if (event.type === 'insight') {
          told.push(event);
          if (event.askId === 1) run.pause();
          if (event.askId === 2) run.stop();
        }
        if (event.type === 'phase' && event.phase === 'running' && told.length === 0) {
          run.inspect(1, { kind: 'spreads' });
        }
        if (event.type === 'phase' && event.phase === 'paused') {
          setTimeout(() => run.inspect(2, { kind: 'answers', part: 'test', atMost: 33 }), 10);
        }
      },
    });
    expect((await over).phase).toBe('stopped');
    const [first, second] = told;
    if (first?.answer.kind !== 'spreads') throw new Error('no spreads');
    for (const { update, gradient } of first.answer.norms) {
      expect(update).toBeGreaterThan(0);
      expect(update).toBeLessThan(10 * gradient);
    }
    expect(second?.answer.kind).toBe('answers');
    expect(second?.step).toBeGreaterThanOrEqual(first.step);
  });

  it('begins anew where the engine is replaced meanwhile', async () => {
    const told: Told[] = [];
    const service = new InsightService({ now: () => 0, told: (one) => told.push(one) });
    const learnt = async () => ({ parameters: new Map(), averages: new Map() });
    const answering = (message: string) => ({
      async *answer() {
        yield undefined;
        return { kind: 'refused', message } as const;
      },
      dispose: () => undefined,
    });
    service.open(answering('first') as never);
    service.ask(7, { kind: 'region' });
    await service.turn(1, learnt, true);
    service.open(answering('second') as never);
    for (let turn = 0; turn < 3; turn++) await service.turn(2, learnt, true);
    expect(told).toEqual([{ askId: 7, step: 2, answer: { kind: 'refused', message: 'second' } }]);
    expect(service.idle).toBe(true);
  });

  it('takes a small share of its time', async () => {
    // A clock that only questions move: each portion takes 10.
    let now = 0;
    const told: Told[] = [];
    const service = new InsightService({ now: () => now, told: (one) => told.push(one) });
    const asked: string[] = [];
    const inspector = {
      async *answer(ask: Ask) {
        for (let portion = 0; portion < 3; portion++) {
          now += 10;
          asked.push(ask.kind);
          yield undefined;
        }
        return { kind: 'refused', message: 'over' } as const;
      },
      dispose: () => undefined,
    };
    service.open(inspector as never);
    service.ask(1, { kind: 'region' });
    let steps = 0;
    const learnt = async () => ({ parameters: new Map(), averages: new Map() });
    while (told.length === 0 && steps < 1e5) {
      now += 1;
      steps++;
      await service.turn(steps, learnt, false);
    }
    expect(asked).toHaveLength(3);
    expect(steps / now).toBeGreaterThan(0.8);
    expect(told[0]).toMatchObject({ askId: 1, step: 1 });
  });
});

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

const lineData = (): DataSet => ({
  name: 'line',
  train: new Map([
    ['x', field([], [-1, 0, 2])],
    ['y', field([], [-3, 0, 6])],
  ]),
});

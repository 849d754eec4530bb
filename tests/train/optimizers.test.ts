import { describe, expect, it } from 'vitest';
import { applyEdit, defaultTraining, nodeId, readParsed, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { settingsSchema, type TrainingSettings } from '#train';
import { BoundData, bindData } from '../../src/train/binding.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import { type Trajectory, trajectories } from '../support/goldens.ts';
import {
  anyEngine,
  classifier,
  clouds,
  documentOf,
  field,
  settings,
  startRun,
} from '../support/training.ts';

const golden = trajectories();

/** A golden trajectory's settings in ours; leaves out what it does not say. */
function settingsOf(trajectory: Trajectory): TrainingSettings {
  const { optimizer, learningRate, weightDecay, clipNorm, alpha, beta, beta1, beta2, nu } =
    trajectory;
  const given = { momentum: alpha, decay: beta, beta1, beta2, epsilon: nu };
  return settingsSchema.parse({
    ...settings,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    optimizer,
    learningRate,
    weightDecay,
    clipNorm,
  });
}

/** The expression of x and y as a graph whose parameters they are. */
function landscape({ expression, start: [x, y] }: Trajectory) {
  return documentOf(
    [
      { id: 'x', op: 'parameter', attrs: { value: x } },
      { id: 'y', op: 'parameter', attrs: { value: y } },
      { id: 'L', op: 'formula', attrs: { expression } },
    ],
    ['x > L.x', 'y > L.y'],
    'L',
  );
}

/** Points and losses of the very program that a run steps with. */
async function walk(engine: 'js' | 'wasm', trajectory: Trajectory, steps = 50) {
  const graph = trainableGraph(landscape(trajectory), catalogue);
  const chosen = settingsOf(trajectory);
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
  const session = new Session(graph, updateRule(chosen), await anyEngine(engine), parameters);
  const data = new BoundData([], 1);
  const points: number[][] = [];
  const losses: number[] = [];
  const place = () =>
    Promise.all(
      ['x', 'y'].map(async (id) => (await session.read(`parameter ${id}`))?.[0] ?? Number.NaN),
    );
  for (let step = 1; step <= steps; step++) {
    points.push(await place());
    const batch = { data, order: [0], from: 0, size: 1, draw: { seed: 0, step } };
    losses.push((await session.step(batch, chosen.learningRate)).loss);
  }
  points.push(await place());
  session.dispose();
  return { points, losses };
}

function expectNear(got: readonly number[], wanted: readonly number[], tolerance: number) {
  const size = Math.max(0.1, ...wanted.map(Math.abs));
  wanted.forEach((value, at) => {
    expect(Math.abs((got[at] ?? Number.NaN) - value) / size).toBeLessThanOrEqual(tolerance);
  });
}

describe('every optimizer steps as the reference does', () => {
  it.each(golden)('$name', async (trajectory) => {
    const { points, losses } = await walk('js', trajectory);
    expect(points).toHaveLength(trajectory.points.length);
    trajectory.points.forEach((point, at) => {
      expectNear(points[at] ?? [], point, 1e-9);
    });
    expectNear(losses, trajectory.losses.slice(0, -1), 1e-9);
  });

  it.each(golden.filter(({ name }) => name.startsWith('valley')))(
    '$name, in float32 on wasm',
    async (trajectory) => {
      const { points } = await walk('wasm', trajectory);
      trajectory.points.forEach((point, at) => {
        expectNear(points[at] ?? [], point, 1e-4);
      });
    },
  );

  it('and not as another one does', async () => {
    const twins = [
      ['beale-nesterov-plain', { optimizer: 'momentum' }],
      ['beale-rmsprop-plain', { optimizer: 'adagrad' }],
      ['beale-adam-plain', { beta2: 0.99 }],
      ['valley-sgd-clip', { clipNorm: null }],
      ['valley-sgd-decay', { weightDecay: 0 }],
    ] as const;
    for (const [name, change] of twins) {
      const found = golden.find((trajectory) => trajectory.name === name);
      if (!found) throw new Error(`${name} is gone`);
      const { points } = await walk('js', { ...found, ...change });
      expect(() => expectNear(points[50] ?? [], found.points[50] ?? [], 1e-6), name).toThrow();
    }
  });
});

/** p·x₁ + Σ q·x₂ with gradients (3, 0) and (0, 4): the norm over both parameters is 5. */
const twoParameters = () =>
  documentOf(
    [
      { id: 'x', op: 'input', attrs: { shape: [2], batched: true, field: 'x' } },
      { id: 'z', op: 'input', attrs: { shape: [2], batched: true, field: 'z' } },
      { id: 'p', op: 'parameter', attrs: { shape: [2], value: [1, -1] } },
      { id: 'q', op: 'parameter', attrs: { shape: [2], value: [2, 0] } },
      { id: 'a', op: 'mul' },
      { id: 'b', op: 'mul' },
      { id: 'c', op: 'add' },
      { id: 'L', op: 'sum' },
    ],
    ['x > a.a', 'p > a.b', 'z > b.a', 'q > b.b', 'a > c.a', 'b > c.b', 'c > L.x'],
    'L',
  );
const twoFields = {
  name: 'two',
  train: new Map([
    ['x', field([2], [3, 0])],
    ['z', field([2], [0, 4])],
  ]),
};

async function oneStep(change: Partial<TrainingSettings>, document = twoParameters()) {
  const { parameters, phase } = await startRun({
    document,
    dataSet: twoFields,
    settings: { ...settings, learningRate: 1, epochs: 1, ...change },
  }).over;
  expect(phase).toBe('finished');
  return [...parameters.values()].flatMap(({ data }) => [...data]);
}

describe('gradients before the step', () => {
  it('are clipped by the norm over all parameters together', async () => {
    // (3, 0, 0, 4) of norm 5 becomes (0.6, 0, 0, 0.8).
    expectNear(await oneStep({ clipNorm: 1 }), [0.4, -1, 2, -0.8], 1e-6);
    expectNear(await oneStep({ clipNorm: 5.5 }), [-2, -1, 2, -4], 1e-6);
  });

  it('are clipped entry by entry, then by norm', async () => {
    expectNear(await oneStep({ clipValue: 3.5 }), [-2, -1, 2, -3.5], 1e-6);
    // (3, 4) → (3, 3) → a norm of 3.
    const part = 3 / Math.SQRT2;
    expectNear(await oneStep({ clipValue: 3, clipNorm: 3 }), [1 - part, -1, 2, -part], 1e-6);
  });

  it('carry the penalties before they are clipped', async () => {
    // λ·θ = (0.1, −0.1, 0.2, 0); λ·sign θ = (0.1, −0.1, 0.1, 0).
    expectNear(await oneStep({ weightDecay: 0.1 }), [-2.1, -0.9, 1.8, -4], 1e-6);
    expectNear(await oneStep({ l1: 0.1 }), [-2.1, -0.9, 1.9, -4], 1e-6);
    expectNear(await oneStep({ l1: 0.5, clipValue: 3.2 }), [-2.2, -0.5, 1.5, -3.2], 1e-6);
  });

  it('stay 0 where all of them are, whatever the norm to clip to', async () => {
    const dataSet = {
      name: 'zeros',
      train: new Map([
        ['x', field([2], [0, 0])],
        ['z', field([2], [0, 0])],
      ]),
    };
    const { parameters } = await startRun({
      document: twoParameters(),
      dataSet,
      settings: { ...settings, clipNorm: 1, optimizer: 'adam' },
    }).over;
    expect([...parameters.values()].flatMap(({ data }) => [...data])).toEqual([1, -1, 2, 0]);
  });

  it('leave frozen parameters out of the norm and out of the decay', async () => {
    const document = applyEdit(
      twoParameters(),
      { type: 'setAttrs', node: nodeId('q'), attrs: { frozen: true } },
      catalogue,
    );
    const { parameters } = await startRun({
      document,
      dataSet: twoFields,
      settings: { ...settings, learningRate: 1, epochs: 1, clipNorm: 1, weightDecay: 1 },
    }).over;
    // (3 + 1, 0 − 1) of norm √17 becomes of norm 1; q stays.
    const norm = Math.sqrt(17);
    const all = [...parameters.values()].flatMap(({ data }) => [...data]);
    expectNear(all, [1 - 4 / norm, -1 + 1 / norm, 2, 0], 1e-6);
  });
});

describe('decoupled penalties', () => {
  it('shrink the parameters beside the step, and are not clipped with the gradient', async () => {
    // 1 − 0.1·1, then −3; −1 + 0.1; 2 − 0.2; 0, then −4.
    expectNear(await oneStep({ weightDecay: 0.1, decoupled: true }), [-2.1, -0.9, 1.8, -4], 1e-6);
    expectNear(
      await oneStep({ weightDecay: 0.1, decoupled: true, clipNorm: 1 }),
      [0.3, -0.9, 1.8, -0.8],
      1e-6,
    );
    // 1 − 3 = −2, then 0.5 nearer to 0; what is nearer than that becomes 0.
    expectNear(await oneStep({ l1: 0.5, decoupled: true }), [-1.5, -0.5, 1.5, -3.5], 1e-6);
    expectNear(await oneStep({ l1: 1.5, decoupled: true }), [-0.5, 0, 0.5, -2.5], 1e-6);
  });

  /** AdamW as its paper has it (algorithm 2), for one number. */
  function adamW(theta: number, gradients: readonly number[], rate: number, lambda: number) {
    let [m, v] = [0, 0];
    return gradients.reduce((now, g, at) => {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const mean = m / (1 - 0.9 ** (at + 1));
      const square = v / (1 - 0.999 ** (at + 1));
      return now - rate * (mean / (Math.sqrt(square) + 1e-8) + lambda * now);
    }, theta);
  }

  it.each(['js', 'wasm'] as const)('make AdamW of Adam, on %s', async (engine) => {
    const run = (decoupled: boolean) =>
      startRun({
        document: twoParameters(),
        dataSet: twoFields,
        settings: {
          ...settings,
          engine,
          optimizer: 'adam',
          epochs: 6,
          learningRate: 0.1,
          weightDecay: 0.5,
          decoupled,
        },
      }).over;
    const valuesOf = async (decoupled: boolean) =>
      [...(await run(decoupled)).parameters.values()].flatMap(({ data }) => [...data]);
    const wanted = [
      [1, 3],
      [-1, 0],
      [2, 0],
      [0, 4],
    ].map(([start = 0, g = 0]) => adamW(start, new Array(6).fill(g), 0.1, 0.5));
    expectNear(await valuesOf(true), wanted, 1e-6);
    // In the loss, Adam divides the penalty by the size of the gradient.
    const coupled = await valuesOf(false);
    expect(() => expectNear(coupled, wanted, 1e-3)).toThrow();
  });

  it('find the zeros of a lasso exactly', async () => {
    // ½(p − a)² + λ|p| is least where p is a, λ nearer to 0.
    const document = documentOf(
      [
        { id: 'a', op: 'input', attrs: { shape: [], batched: true, field: 'a' } },
        { id: 'p', op: 'parameter', attrs: { shape: [], value: 2 } },
        { id: 'L', op: 'squaredError' },
      ],
      ['p > L.prediction', 'a > L.target'],
      'L',
    );
    const least = async (a: number) => {
      const { parameters } = await startRun({
        document,
        dataSet: { name: 'one', train: new Map([['a', field([], [a])]]) },
        settings: { ...settings, learningRate: 0.3, epochs: 200, l1: 0.5, decoupled: true },
      }).over;
      return parameters.get(nodeId('p'))?.data[0];
    };
    expect(await least(3)).toBeCloseTo(2.5, 6);
    expect(Math.abs((await least(0.4)) ?? 1)).toBe(0);
    expect(Math.abs((await least(-0.4)) ?? 1)).toBe(0);
  });
});

describe('a parameter’s own rate and decay', () => {
  const withQ = (attrs: Readonly<Record<string, unknown>>) =>
    applyEdit(twoParameters(), { type: 'setAttrs', node: nodeId('q'), attrs }, catalogue);

  it.each(['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam'] as const)(
    'multiply the steps of %s',
    async (optimizer) => {
      const [, , two = 0, zero = 0] = await oneStep({ optimizer });
      const got = await oneStep({ optimizer }, withQ({ rate: 0.25 }));
      const all = await oneStep({ optimizer });
      expectNear(got, [all[0] ?? 0, all[1] ?? 0, 2 + (two - 2) / 4, zero / 4], 1e-6);
    },
  );

  it('freeze it at 0', async () => {
    expectNear(await oneStep({ weightDecay: 0.1 }, withQ({ rate: 0 })), [-2.1, -0.9, 2, 0], 1e-6);
  });

  it('replace the decay of the run, in the loss and decoupled', async () => {
    for (const decoupled of [false, true]) {
      const none = await oneStep({ weightDecay: 0.1, decoupled }, withQ({ weightDecay: 0 }));
      expectNear(none, [-2.1, -0.9, 2, -4], 1e-6);
      const own = await oneStep({ decoupled }, withQ({ weightDecay: 0.5 }));
      expectNear(own, [-2, -1, 1, -4], 1e-6);
      const both = await oneStep({ decoupled }, withQ({ weightDecay: 0.5, rate: 2 }));
      expectNear(both, [-2, -1, 0, -8], 1e-6);
    }
  });

  it('must not be negative', () => {
    expect(() => withQ({ rate: -1 })).toThrow(/The rate must be at least 0/);
    expect(() => withQ({ weightDecay: -1 })).toThrow(/The weight decay must be at least 0/);
  });
});

describe.each(['js', 'wasm', 'cpu'] as const)('on %s', (engine) => {
  it.each([
    ['momentum', 0.05],
    ['nesterov', 0.05],
    ['adagrad', 0.3],
    ['rmsprop', 0.03],
    ['adam', 0.05],
  ] as const)('%s learns to tell clouds apart, the same way twice', async (optimizer, rate) => {
    const run = () =>
      startRun({
        document: classifier(2, 3),
        dataSet: { name: 'clouds', train: clouds(64, 3), test: clouds(60, 3, 2) },
        settings: { ...settings, engine, optimizer, learningRate: rate, epochs: 4 },
      }).over;
    const { phase, last, parameters } = await run();
    expect(phase).toBe('finished');
    expect(last?.testAccuracy).toBeGreaterThan(0.95);
    expect((await run()).parameters).toEqual(parameters);
  });
});

describe('an optimizer’s state', () => {
  it.each(['js', 'wasm'] as const)('is given back with everything else on %s', async (name) => {
    const engine = await anyEngine(name);
    const graph = trainableGraph(twoParameters(), catalogue);
    const { train } = bindData(graph, twoFields);
    const rule = updateRule({ ...defaultTraining, optimizer: 'adam', clipNorm: 1, l1: 0.1 });
    const start = engine.held();
    const session = new Session(graph, rule, engine, new Map());
    const step = async (at: number) => {
      const draw = { seed: 0, step: at };
      await session.step({ data: train, order: [0], from: 0, size: 1, draw }, 0.1 / at);
    };
    for (let at = 1; at < 5; at++) await step(at);
    const level = engine.held();
    for (let at = 5; at < 100; at++) await step(at);
    expect(engine.held()).toBe(level);
    session.dispose();
    expect(engine.held() - start).toBeLessThanOrEqual(name === 'wasm' ? 2 : 0);
  });
});

describe('the settings of a run', () => {
  it('in a file of before there was a choice are still read', () => {
    const old = { optimizer: 'sgd', learningRate: 0.5, batchSize: 128, epochs: 2, seed: 0 };
    const text = writeDocument({ ...twoParameters(), training: undefined }, catalogue);
    const { document, repairs } = readParsed({ ...JSON.parse(text), training: old }, catalogue);
    expect(repairs).toEqual([]);
    expect(document.training).toEqual(old);
    expect({ ...defaultTraining, ...document.training }).toMatchObject({ clipNorm: null, l1: 0 });
  });

  it('survive the file', () => {
    const training = {
      optimizer: 'adam' as const,
      beta2: 0.99,
      clipNorm: 1,
      schedule: { type: 'step' as const, every: 3, factor: 0.5 },
    };
    const text = writeDocument({ ...twoParameters(), training }, catalogue);
    expect(readParsed(JSON.parse(text), catalogue).document.training).toEqual(training);
  });

  it.each([
    [{ optimizer: 'magic' }, /optimizer/],
    [{ momentum: 1 }, /The momentum must be at least 0 and below 1/],
    [{ weightDecay: -1 }, /The weight decay must be at least 0/],
    [{ clipNorm: 0 }, /The norm to clip to must be above 0/],
    [{ schedule: { type: 'step', every: 0 } }, /The interval must be a whole number/],
    [{ patience: 0.5 }, /./],
  ])('%j are refused with a sentence', (wrong, sentence) => {
    const parsed = settingsSchema.safeParse({ ...settings, ...wrong });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toMatch(sentence);
  });
});

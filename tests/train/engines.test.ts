import { afterEach, describe, expect, it, vi } from 'vitest';
import { catalogue } from '#ops';
import { Float64Engine, type NdArray, type Primitive, seededRandom, TensorError } from '#tensor';
import type { MiniBatch } from '../../src/train/batches.ts';
import { bindData } from '../../src/train/binding.ts';
import { compareWith, exactGradients } from '../../src/train/check.ts';
import { type Engine, Engines, type Workload } from '../../src/train/engines.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { rounded } from '../../src/train/learnt.ts';
import type { RealEngine } from '../../src/train/protocol.ts';
import { Session } from '../../src/train/session.ts';
import { SteadySession } from '../../src/train/steady-session.ts';
import { updateRule } from '../../src/train/update.ts';
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
import { wholeNet } from '../support/whole-net.ts';

const draw = (step: number) => ({ seed: 0, step });

function workload(document = classifier(2, 3)): Workload & { batches(at: number): MiniBatch } {
  const graph = trainableGraph(document, catalogue);
  const { train } = bindData(graph, { name: 'clouds', train: clouds(60, 3) });
  const order = Uint32Array.from({ length: 60 }, (_, at) => at);
  const batches = (at: number) => ({
    data: train,
    order,
    from: (at * 8) % 48,
    size: 8,
    draw: draw(at + 1),
  });
  const rule = updateRule({ ...settings, optimizer: 'adam' });
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
  return { graph, rule, batch: batches(0), parameters, batches };
}

/** A clock that only engines move. */
class Clock {
  time = 0;
  readonly now = () => this.time;
}

interface Faults {
  /** Milliseconds of a primitive. */
  readonly cost?: number;
  readonly software?: boolean;
  /** Relative error of every product. */
  readonly error?: number;
  /** From so many primitives on, none works any more. */
  readonly failsAfter?: number;
  /** Whether then nothing can be read either. */
  readonly lost?: boolean;
}

/** The exact engine under another name, with faults. */
class Faulty extends Float64Engine {
  override readonly name: 'js';
  readonly device: { readonly description: string; readonly software: boolean };
  readonly #faults: Faults;
  readonly #clock: Clock;
  #applied = 0;

  constructor(name: string, clock: Clock, faults: Faults = {}) {
    super();
    // Of another name to whoever asks.
    this.name = name as 'js';
    this.device = { description: `the ${name} of a test`, software: faults.software ?? false };
    this.#faults = faults;
    this.#clock = clock;
  }

  override prepare(): undefined {
    return undefined;
  }

  override link(): undefined {
    return undefined;
  }

  override apply(primitive: Primitive, inputs: readonly NdArray[]): NdArray {
    const { cost = 0, error = 0 } = this.#faults;
    this.#clock.time += cost;
    this.#applied++;
    if (this.#broken)
      throw new TensorError('failed', `The engine “${this.name}” failed in a test.`);
    const result = super.apply(primitive, inputs);
    if (primitive.op !== 'matmul') return result;
    return { shape: result.shape, data: result.data.map((value) => value * (1 + error)) };
  }

  override read(tensor: NdArray): Float64Array {
    if (this.#broken && this.#faults.lost) {
      throw new TensorError('lost', `The GPU of the engine “${this.name}” failed: a test took it.`);
    }
    return super.read(tensor);
  }

  get #broken(): boolean {
    return this.#applied > (this.#faults.failsAfter ?? Number.POSITIVE_INFINITY);
  }
}

/** Engines for a choice; what is not named does not start. */
function enginesWith(faults: Partial<Record<RealEngine, Faults>>, work: Workload = workload()) {
  const clock = new Clock();
  const start = async (name: RealEngine) => {
    const own = faults[name];
    if (!own)
      throw new TensorError('no-engine', `The engine “${name}” does not start here: a test.`);
    return new Faulty(name, clock, own);
  };
  return { clock, engines: new Engines(work, clock, start) };
}

describe('the choice of an engine', () => {
  it('falls on the fastest of those that start, with the figures of all', async () => {
    const { engines } = enginesWith({
      wasm: { cost: 0.2 },
      js: { cost: 0.1 },
      webgl: { cost: 0.05 },
    });
    const { engine, check } = await engines.choose('auto');
    expect([engine.name, check.engine]).toEqual(['webgl', 'webgl']);
    const { chosen, figures } = engines.choice(engine);
    expect(chosen).toBe('webgl');
    expect(figures.map((figure) => figure.engine)).toEqual(['webgl', 'js', 'wasm', 'webgpu']);
    const [first, second, third, last] = figures;
    expect(second?.milliseconds).toBeCloseTo(2 * (first?.milliseconds ?? 0));
    expect(third?.milliseconds).toBeCloseTo(4 * (first?.milliseconds ?? 0));
    expect(first).toMatchObject({ state: 'ready', device: 'the webgl of a test' });
    expect(last).toMatchObject({ state: 'absent', message: expect.stringContaining('webgpu') });
  });

  it('never falls on a program that behaves like a GPU, nor measures it', async () => {
    const { engines } = enginesWith({ wasm: { cost: 1 }, webgpu: { software: true } });
    const { engine } = await engines.choose('auto');
    expect(engine.name).toBe('wasm');
    const figure = engines.choice(engine).figures.find((one) => one.engine === 'webgpu');
    expect(figure).toMatchObject({ state: 'software', message: expect.stringContaining('no GPU') });
    expect(figure).not.toHaveProperty('milliseconds');
  });

  it('passes over one that computes something else', async () => {
    const { engines } = enginesWith({ wasm: { cost: 1 }, webgpu: { error: 0.01 } });
    const { engine } = await engines.choose('auto');
    expect(engine.name).toBe('wasm');
    const figure = engines.choice(engine).figures.find((one) => one.engine === 'webgpu');
    expect(figure).toMatchObject({ state: 'inexact', milliseconds: expect.any(Number) });
  });

  it('takes about a second, also where one engine is very slow', async () => {
    const { clock, engines } = enginesWith({
      wasm: { cost: 0.1 },
      webgpu: { cost: 900 },
      webgl: { cost: 0.01 },
    });
    const { engine } = await engines.choose('auto');
    expect(clock.time).toBeLessThan(3000);
    const figures = engines.choice(engine).figures;
    expect(figures.find((one) => one.engine === 'webgpu')?.state).toBe('slow');
  });

  it('leaves plain JavaScript out where a step would take it seconds', async () => {
    const { engines } = enginesWith({ wasm: { cost: 1 }, js: {} }, workload(deep(2, 40_000)));
    const { engine } = await engines.choose('auto');
    const figures = engines.choice(engine).figures;
    expect(figures.find((one) => one.engine === 'js')?.state).toBe('slow');
  });

  it('falls back to the plainest where no other starts', async () => {
    const { engines } = enginesWith({ cpu: {} });
    expect((await engines.choose('auto')).engine.name).toBe('cpu');
    const none = enginesWith({});
    await expect(none.engines.choose('auto')).rejects.toThrow('does not start here');
  });

  it('is the person’s, who is told where it cannot be had', async () => {
    const { engines } = enginesWith({ wasm: {}, webgl: { software: true } });
    expect((await engines.choose('webgl')).engine.name).toBe('webgl');
    await expect(engines.choose('webgpu')).rejects.toThrow(
      'The engine “webgpu” does not start here: a test.',
    );
    const inexact = enginesWith({ webgl: { error: 0.01 } });
    await expect(inexact.engines.choose('webgl')).rejects.toThrow(
      'differently from the exact trace',
    );
  });

  it('touches nothing that is trained', async () => {
    const document = classifier(2, 3);
    const train = (engine: 'js' | 'auto') =>
      startRun({ document, settings: { ...settings, engine } }).over;
    const [forced, measured] = [await train('js'), await train('auto')];
    expect(measured.last?.loss).toBeCloseTo(forced.last?.loss ?? 0, 5);
    expect(measured.steps).toBe(forced.steps);
  });
});

describe('the check before the first step', () => {
  /** relu, then batch normalization, of points around (mean, mean). */
  function shifted(mean: number) {
    const graph = trainableGraph(deep(), catalogue);
    const random = seededRandom(1, 'shifted');
    const numbers = Array.from({ length: 80 }, () => mean + random.normal());
    const labels = Array.from({ length: 40 }, (_, at) => at % 3);
    const columns = new Map([
      ['x', field([2], numbers)],
      ['y', field([], labels, 3)],
    ]);
    const { train } = bindData(graph, { name: 'shifted', train: columns });
    const order = Uint32Array.from({ length: 40 }, (_, at) => at);
    const batch = { data: train, order, from: 0, size: 40, draw: draw(1) };
    const rule = updateRule(settings);
    const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, rounded(initial)]));
    return { graph, rule, batch, parameters };
  }

  const check = async (mean: number, engine: Engine) => {
    const { graph, rule, batch, parameters } = shifted(mean);
    const session = new Session(graph, rule, engine, parameters);
    return compareWith(exactGradients(graph, batch, parameters), session, batch);
  };

  it.each(['wasm', 'cpu'] as const)('is within 1e-4 on ordinary data on %s', async (name) => {
    const { difference, magnified } = await check(0, await anyEngine(name));
    expect(difference).toBeLessThan(1e-4);
    expect(magnified).toBeUndefined();
  });

  it.each(['wasm', 'cpu'] as const)(
    'does not blame %s for what a graph makes of roundings, and says so',
    async (name) => {
      const { difference, magnified } = await check(1000, await anyEngine(name));
      expect(difference).toBeGreaterThan(1e-3);
      expect(magnified).toBeGreaterThan(1e-5);
    },
  );

  it('refuses what no rounding explains', async () => {
    const engine = new Faulty('webgl', new Clock(), { error: 0.002 });
    await expect(check(0, engine)).rejects.toThrow('differently from the exact trace');
  });
});

describe('a session whose engine fails', () => {
  const steps = 30;

  async function losses(document: ReturnType<typeof deep>, faults?: Faults, copies = false) {
    const work = workload(document);
    const clock = new Clock();
    const told: string[] = [];
    const session = new SteadySession(
      {
        open: (engine) => new Session(work.graph, work.rule, engine, work.parameters),
        replace: async (failure) => {
          told.push(failure.message);
          return new Faulty('js', clock);
        },
        now: clock.now,
      },
      new Faulty('webgl', clock, faults),
    );
    const result: number[] = [];
    for (let at = 0; at < steps; at++) {
      if (copies && at % 4 === 0) clock.time += 5000;
      result.push((await session.step(work.batches(at), 0.01)).loss);
    }
    const learnt = await session.learnt();
    session.dispose();
    return { result, learnt, told };
  }

  it.each([
    ['its numbers can still be read', { failsAfter: 1500 }, false],
    ['they are gone: from the start', { failsAfter: 1500, lost: true }, false],
    ['they are gone: from the last copy', { failsAfter: 1500, lost: true }, true],
  ])('goes on as if nothing had happened where %s', async (_, faults, copies) => {
    const whole = await losses(deep());
    const broken = await losses(deep(), faults, copies);
    expect(whole.told).toEqual([]);
    expect(broken.told).toHaveLength(1);
    expect(broken.result).toEqual(whole.result);
    expect(broken.learnt).toEqual(whole.learnt);
  });

  it('ends with the failure where no engine is left', async () => {
    const work = workload();
    const clock = new Clock();
    const session = new SteadySession(
      {
        open: (engine) => new Session(work.graph, work.rule, engine, work.parameters),
        replace: async (failure) => {
          throw failure;
        },
        now: clock.now,
      },
      new Faulty('webgl', clock, { failsAfter: 100 }),
    );
    const train = async () => {
      for (let at = 0; at < steps; at++) await session.step(work.batches(at), 0.01);
    };
    await expect(train()).rejects.toThrow('The engine “webgl” failed in a test.');
  });
});

describe('a run whose engine fails', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says so, goes over to the next one, and ends as it would have', async () => {
    const document = documentOf(
      [
        { id: 'x', op: 'input', attrs: { shape: [1], batched: true, field: 'x' } },
        { id: 't', op: 'input', attrs: { shape: [1], batched: true, field: 't' } },
        { id: 'w', op: 'parameter', attrs: { shape: [1] } },
        { id: 'p', op: 'mul' },
        { id: 'L', op: 'meanSquaredError' },
      ],
      ['x > p.a', 'w > p.b', 'p > L.prediction', 't > L.target'],
      'L',
    );
    const numbers = Array.from({ length: 40 }, (_, at) => at / 40);
    const train = new Map([
      ['x', field([1], numbers)],
      [
        't',
        field(
          [1],
          numbers.map((x) => 3 * x),
        ),
      ],
    ]);
    const dataSet = { name: 'line', train };
    const whole = await startRun({ document, dataSet }).over;
    const upload = Float64Engine.prototype.upload;
    let uploads = 0;
    vi.spyOn(Float64Engine.prototype, 'upload').mockImplementation(function (
      this: Float64Engine,
      ...given
    ) {
      uploads++;
      if (uploads > 12) throw new TensorError('failed', 'The engine “js” failed in a test.');
      return upload.apply(this, given);
    });
    const { events, over } = startRun({ document, dataSet });
    const { phase, engine, steps, last } = await over;
    expect([phase, engine, steps]).toEqual(['finished', 'wasm', whole.steps]);
    expect(last?.loss).toBeCloseTo(whole.last?.loss ?? 0, 5);
    const choices = events.flatMap((event) => (event.type === 'engines' ? [event.engines] : []));
    expect(choices.map(({ chosen }) => chosen)).toEqual(['js', 'wasm']);
    expect(choices[1]?.message).toBe(
      'The engine “js” failed in a test; the run goes on with “wasm”.',
    );
    expect(choices[1]?.figures.find((one) => one.engine === 'js')?.state).toBe('failed');
  });
});

describe('a net with layers of every kind', () => {
  it.each(['js', 'wasm', 'cpu'] as const)(
    'holds no tensor longer than its step on %s (1,000 times in the long tests)',
    async (name) => {
      const net = wholeNet();
      const engine = await anyEngine(name);
      const before = engine.held();
      const session = net.open(engine);
      const held: number[] = [];
      for (let at = 0; at < 30; at++) {
        await session.step(net.batch(at), 0.001);
        held.push(engine.held());
      }
      expect(new Set(held.slice(2)).size).toBe(1);
      session.dispose();
      expect(engine.held()).toBe(before);
    },
  );
});

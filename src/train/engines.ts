import { Float64Engine, sizeOf, startTfjs, type TensorEngine, TensorError } from '#tensor';
import type { MiniBatch } from './batches.ts';
import { compareWith, type Exact, exactGradients } from './check.ts';
import { TrainingError } from './errors.ts';
import type { TrainableGraph } from './graph.ts';
import type { ParameterValues } from './learnt.ts';
import {
  type EngineCheck,
  type EngineChoice,
  type EngineFigure,
  type EngineName,
  type RealEngine,
  realEngines,
} from './protocol.ts';
import { Session } from './session.ts';
import { stepTime } from './step-time.ts';
import type { UpdateRule } from './update.ts';

/** What the place a run happens in provides. */
export interface EngineHost {
  /** Where the wasm backend's binaries lie; see `startTfjs`. */
  readonly wasmFolder?: string | undefined;
  /** Most threads an engine may use. */
  readonly threads?: number | undefined;
  /** Milliseconds from some fixed moment. */
  now(): number;
}

/** Nobody who holds it knows what its tensors are. */
export type Engine = TensorEngine<unknown>;

/** Starts one engine. Throws `TensorError` where it cannot run here. */
export async function startEngine(
  name: RealEngine,
  { wasmFolder, threads }: EngineHost,
): Promise<Engine> {
  return name === 'js' ? new Float64Engine() : startTfjs(name, { wasmFolder, threads });
}

/** What a run does at every step: engines are measured by it, and held to its exact trace. */
export interface Workload {
  readonly graph: TrainableGraph;
  readonly rule: UpdateRule;
  readonly batch: MiniBatch;
  readonly parameters: ParameterValues;
}

/** An engine that is ready, and how near it is to the exact trace. */
export interface Ready {
  readonly engine: Engine;
  readonly check: EngineCheck;
}

/** Above this many parameter entries × examples, plain JavaScript never wins, and one step may take seconds. */
const worthMeasuring = 500_000;

/** Milliseconds that measuring may take in all, or so many steps of the first engine where that is more. */
const budget = 1000;
const budgetSteps = 10;

/** An engine that has not started after so many milliseconds is done without. */
const patience = 5000;

/** Where several are equally fast, the first of them is taken. */
const candidates: readonly RealEngine[] = ['wasm', 'js', 'webgpu', 'webgl'];

/** Slower than others wherever those start, so not worth the time of measuring. */
const lastResorts: readonly RealEngine[] = ['cpu', 'js'];

/** The engines for one run: which there are, how fast each is at its steps, which one is at work. */
export class Engines {
  readonly #workload: Workload;
  readonly #host: EngineHost;
  readonly #startEngine: typeof startEngine;
  readonly #figures = new Map<RealEngine, EngineFigure>();
  readonly #started = new Map<RealEngine, Engine>();
  #exact: Exact | undefined;
  #chosen: RealEngine | undefined;
  #measured = false;

  constructor(workload: Workload, host: EngineHost, start = startEngine) {
    this.#workload = workload;
    this.#host = host;
    this.#startEngine = start;
  }

  /**
   * The engine that is wished for; with `auto` the fastest of those that start and compute what the exact
   * trace does, by a short measurement. Throws one sentence where it cannot be had.
   */
  async choose(wish: EngineName): Promise<Ready> {
    if (wish !== 'auto') return this.#take(wish);
    await this.#measure();
    return this.#takeFastest();
  }

  /** After a failure of the engine at work: the next fastest. Throws the failure where there is none. */
  async replace(failure: Error): Promise<Ready> {
    if (this.#chosen) this.#note(this.#chosen, 'failed', failure.message);
    await this.#measure();
    try {
      return await this.#takeFastest();
    } catch {
      throw failure;
    }
  }

  /** What is known by now, with the engine at work. */
  choice({ name }: Engine): EngineChoice {
    const chosen = realEngines.find((known) => known === name) ?? 'js';
    const speed = ({ milliseconds = Number.POSITIVE_INFINITY }: EngineFigure) => milliseconds;
    const figures = [...this.#figures.values()].toSorted((a, b) => speed(a) - speed(b));
    return { chosen, figures };
  }

  async #measure(): Promise<void> {
    if (this.#measured) return;
    this.#measured = true;
    const { now } = this.#host;
    let left = Number.POSITIVE_INFINITY;
    for (const name of candidates) {
      const engine = await this.#usable(name);
      if (!engine) continue;
      const start = now();
      const milliseconds = await this.#timed(engine, name, left);
      if (left === Number.POSITIVE_INFINITY) left = Math.max(budget, budgetSteps * milliseconds);
      left -= now() - start;
    }
  }

  /** The engine, started, where it is worth measuring. */
  async #usable(name: RealEngine): Promise<Engine | undefined> {
    if (this.#figures.has(name)) return undefined;
    const { graph, batch } = this.#workload;
    const entries = graph.parameters.reduce((total, { shape }) => total + sizeOf(shape), 0);
    if (name === 'js' && entries * batch.size > worthMeasuring) {
      this.#note(name, 'slow', 'Plain JavaScript is for small graphs.');
      return undefined;
    }
    try {
      const engine = await this.#start(name);
      if (!engine.device?.software) return engine;
      this.#note(name, 'software', `“${engine.device.description}” is a program, no GPU.`);
    } catch (error) {
      if (!(error instanceof TensorError)) throw error;
      this.#note(name, 'absent', error.message);
    }
    return undefined;
  }

  async #timed(engine: Engine, name: RealEngine, limit: number): Promise<number> {
    try {
      const milliseconds = await stepTime(engine, this.#workload, this.#host, limit);
      if (Number.isFinite(milliseconds)) this.#figure(name, { milliseconds });
      else this.#note(name, 'slow', `The engine “${name}” was not ready for a step in time.`);
      return milliseconds;
    } catch (error) {
      if (!(error instanceof TensorError)) throw error;
      this.#note(name, 'failed', error.message);
      return Number.POSITIVE_INFINITY;
    }
  }

  async #takeFastest(): Promise<Ready> {
    const measured = [...this.#figures.values()]
      .filter(({ state, milliseconds }) => state === 'ready' && milliseconds !== undefined)
      .toSorted((a, b) => (a.milliseconds ?? 0) - (b.milliseconds ?? 0))
      .map(({ engine }) => engine);
    const rest = lastResorts.filter((name) => {
      const state = this.#figures.get(name)?.state;
      return state === undefined || state === 'slow';
    });
    let why: Error | undefined;
    for (const name of [...measured, ...rest]) {
      try {
        return await this.#take(name);
      } catch (error) {
        if (!(error instanceof TensorError || error instanceof TrainingError)) throw error;
        const state = error.code === 'check-failed' ? 'inexact' : 'failed';
        this.#note(name, error.code === 'no-engine' ? 'absent' : state, error.message);
        why ??= error;
      }
    }
    throw why ?? new TrainingError('no-engine', 'No engine starts here.');
  }

  /** Starts it and holds it to the exact trace. */
  async #take(name: RealEngine): Promise<Ready> {
    const engine = await this.#start(name);
    const { graph, rule, batch, parameters } = this.#workload;
    this.#exact ??= exactGradients(graph, batch, parameters);
    const session = new Session(graph, rule, engine, parameters);
    try {
      const check = await compareWith(this.#exact, session, batch);
      this.#figure(name, { state: 'ready' });
      this.#chosen = name;
      return { engine, check };
    } finally {
      session.dispose();
    }
  }

  async #start(name: RealEngine): Promise<Engine> {
    const known = this.#started.get(name);
    if (known) return known;
    const engine = await inTime(this.#startEngine(name, this.#host), name);
    this.#started.set(name, engine);
    this.#figure(name, engine.device ? { device: engine.device.description } : {});
    return engine;
  }

  #note(name: RealEngine, state: EngineFigure['state'], message: string): void {
    this.#figure(name, { state, message });
  }

  #figure(engine: RealEngine, found: Partial<EngineFigure>): void {
    this.#figures.set(engine, { engine, state: 'ready', ...this.#figures.get(engine), ...found });
  }
}

function inTime(start: Promise<Engine>, name: RealEngine): Promise<Engine> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new TensorError('no-engine', `The engine “${name}” does not start in time.`));
    }, patience);
    start.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

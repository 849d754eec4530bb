import { TensorError } from '#tensor';
import type { MiniBatch } from './batches.ts';
import type { BoundData } from './binding.ts';
import type { Engine } from './engines.ts';
import { isFinite32 } from './float32.ts';
import type { Learnt } from './learnt.ts';
import type { Session, SessionState, StepResult, TrainingSession } from './session.ts';

/** What the place a session lives in does for it. */
export interface SteadyOptions {
  /** A session at its start, on an engine. */
  open(engine: Engine): Session<unknown>;
  /** Another engine for one that fails; throws where there is none. */
  replace(failure: Error): Promise<Engine>;
  /** Milliseconds from some fixed moment. */
  now(): number;
}

/** Milliseconds between two copies of the state, which take at most one part in so many of the time. */
const copyEvery = 1000;
const copyShare = 50;

interface Step {
  readonly batch: MiniBatch;
  readonly learningRate: number;
}

/** Where a session stands, and where it stood before its last step. */
interface Standing {
  readonly state: SessionState;
  readonly before?: SessionState | undefined;
}

/**
 * A session that outlives its engine. Where one fails, another takes over: from the state as it is, if
 * the failed one still gives it away, else from the last copy, by taking the steps since once more.
 */
export class SteadySession implements TrainingSession {
  readonly #options: SteadyOptions;
  #session: Session<unknown>;
  /** The last copy; undefined: a session at its start. */
  #copy: SessionState | undefined;
  /** The steps since. */
  #since: Step[] = [];
  #nextCopy: number;

  constructor(options: SteadyOptions, engine: Engine) {
    this.#options = options;
    this.#session = options.open(engine);
    this.#nextCopy = options.now() + copyEvery;
  }

  get engine(): Engine {
    return this.#session.engine;
  }

  async step(batch: MiniBatch, learningRate: number): Promise<StepResult> {
    const result = await this.#steadily((session) => session.step(batch, learningRate));
    if (!isFinite32(result.loss)) return result;
    this.#since.push({ batch, learningRate });
    if (this.#options.now() >= this.#nextCopy) await this.#takeCopy();
    return result;
  }

  stepBack(): void {
    this.#session.stepBack();
    this.#since.pop();
  }

  gradients(batch: MiniBatch): Promise<Map<string, ArrayLike<number>>> {
    return this.#steadily((session) => session.gradients(batch));
  }

  async *evaluate(data: BoundData): AsyncGenerator<undefined, StepResult> {
    for (;;) {
      try {
        return yield* this.#session.evaluate(data);
      } catch (error) {
        await this.#moveOn(error);
      }
    }
  }

  state(): Promise<SessionState> {
    return this.#steadily((session) => session.state());
  }

  restore(state: SessionState): void {
    this.#session.restore(state);
    this.#copy = { ...state, tensors: new Map([...(this.#copy?.tensors ?? []), ...state.tensors]) };
    this.#since = [];
  }

  learnt(): Promise<Learnt> {
    return this.#steadily((session) => session.learnt());
  }

  read(name: string): ReturnType<Session<unknown>['read']> {
    return this.#steadily((session) => session.read(name));
  }

  dispose(): void {
    this.#session.dispose();
  }

  /** On one engine after the other, until there is none left. */
  async #steadily<R>(work: (session: Session<unknown>) => Promise<R>): Promise<R> {
    for (;;) {
      try {
        return await work(this.#session);
      } catch (error) {
        await this.#moveOn(error);
      }
    }
  }

  async #takeCopy(): Promise<void> {
    const start = this.#options.now();
    this.#copy = await this.state();
    this.#since = [];
    const end = this.#options.now();
    this.#nextCopy = end + Math.max(copyEvery, copyShare * (end - start));
  }

  async #moveOn(error: unknown): Promise<void> {
    let failure = engineFailure(error);
    const failed = this.#session;
    const standing = await rescued(failed);
    quietly(() => failed.dispose());
    for (;;) {
      const engine = await this.#options.replace(failure);
      let session: Session<unknown> | undefined;
      try {
        session = this.#options.open(engine);
        await this.#catchUp(session, standing);
        this.#session = session;
        return;
      } catch (next) {
        quietly(() => session?.dispose());
        failure = engineFailure(next);
      }
    }
  }

  async #catchUp(session: Session<unknown>, standing: Standing | undefined): Promise<void> {
    if (standing) return session.restore(standing.state, standing.before);
    if (this.#copy) session.restore(this.#copy);
    for (const { batch, learningRate } of this.#since) await session.step(batch, learningRate);
  }
}

/** Throws whatever is not the engine’s fault. */
function engineFailure(error: unknown): Error {
  const isEngines = error instanceof TensorError || error instanceof RangeError;
  if (!isEngines) throw error;
  return error;
}

/** What a failed engine still gives away. */
async function rescued(session: Session<unknown>): Promise<Standing | undefined> {
  try {
    const state = await session.state();
    session.stepBack();
    const before = await session.state();
    return { state, ...(before.steps < state.steps ? { before } : {}) };
  } catch {
    return undefined;
  }
}

function quietly(task: () => void): void {
  try {
    task();
  } catch {
    // What a failed engine does not take back is gone with it.
  }
}

import type { StepResult } from './session.ts';

/** What a meter has added up; plain numbers, so that a checkpoint can hold it. */
export interface MeterState {
  readonly steps: number;
  readonly examples: number;
  readonly loss: number;
  /** Null where nothing is classified. */
  readonly right: number | null;
}

const empty: MeterState = { steps: 0, examples: 0, loss: 0, right: null };

/** Adds up what mini-batches tell, each weighed by its examples. */
export class Meter {
  #state: MeterState;

  constructor(state: MeterState = empty) {
    this.#state = state;
  }

  get state(): MeterState {
    return this.#state;
  }

  add({ loss, accuracy }: StepResult, size: number): void {
    const { steps, examples, loss: sum, right } = this.#state;
    this.#state = {
      steps: steps + 1,
      examples: examples + size,
      loss: sum + loss * size,
      right: accuracy === undefined ? right : (right ?? 0) + accuracy * size,
    };
  }

  mean(): { readonly loss: number; readonly accuracy?: number } {
    const { examples, loss, right } = this.#state;
    return {
      loss: loss / examples,
      ...(right === null ? {} : { accuracy: right / examples }),
    };
  }

  reset(): void {
    this.#state = empty;
  }
}

/** Milliseconds in which something went on. */
export class Stopwatch {
  readonly #now: () => number;
  #start: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  get elapsed(): number {
    return this.#now() - this.#start;
  }

  /** Leaves out time in which nothing went on. */
  skip(milliseconds: number): void {
    this.#start += milliseconds;
  }

  restart(): void {
    this.#start = this.#now();
  }
}

import type { TrainingProgress } from './protocol.ts';
import type { StepResult } from './session.ts';

/** What a meter tells. */
export type Measured = Pick<TrainingProgress, 'loss' | 'accuracy' | 'examplesPerSecond'>;

/** Adds up what happens between two reports. */
export class Meter {
  steps = 0;
  #start: number;
  #examples = 0;
  #loss = 0;
  #accuracy: number | undefined;

  constructor(now: number) {
    this.#start = now;
  }

  add({ loss, accuracy }: StepResult, examples: number): void {
    this.steps++;
    this.#examples += examples;
    this.#loss += loss * examples;
    if (accuracy !== undefined) this.#accuracy = (this.#accuracy ?? 0) + accuracy * examples;
  }

  /** Leaves out time in which nothing was trained. */
  skip(milliseconds: number): void {
    this.#start += milliseconds;
  }

  elapsed(now: number): number {
    return now - this.#start;
  }

  read(now: number): Measured {
    const accuracy = this.#accuracy;
    return {
      loss: this.#loss / this.#examples,
      ...(accuracy === undefined ? {} : { accuracy: accuracy / this.#examples }),
      examplesPerSecond: (1000 * this.#examples) / Math.max(this.elapsed(now), 0.001),
    };
  }
}

import type { RunHost } from './run-options.ts';

/** How long a run computes before it lets messages in. */
const breath = 16;

/** What to do where a run is to halt, and where it goes on. */
export interface Halt {
  halted(): Promise<void>;
  /** Work for others, a portion at a time: `halted` where all of the time is free. False: there is none. */
  between(halted: boolean): Promise<boolean>;
  /** After so many milliseconds; `on` where it is for more than a single step. */
  woken(milliseconds: number, on: boolean): void;
}

/** Whether a run goes on: paused, resumed, stepped and stopped from outside, between two steps. */
export class Pace {
  readonly #host: RunHost;
  #state: 'running' | 'paused' | 'stopped' = 'running';
  /** Whether to halt again after the next step. */
  #single: boolean;
  #wake: (() => void) | undefined;
  #lastRest: number;

  /** @param single whether to halt after the first step */
  constructor(host: RunHost, single: boolean) {
    this.#host = host;
    this.#single = single;
    this.#lastRest = host.now();
  }

  get stopped(): boolean {
    return this.#state === 'stopped';
  }

  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state === 'paused') this.#go(false);
  }

  /** One step, then a halt. */
  step(): void {
    if (this.#state !== 'stopped') this.#go(true);
  }

  stop(): void {
    this.#state = 'stopped';
    this.#wake?.();
  }

  /** After a step and all that belongs to it. True: it was a single one. */
  stepped(): boolean {
    if (!this.#single) return false;
    this.#single = false;
    this.pause();
    return true;
  }

  /** Whether the next step may begin at once: with a tiny graph, breathing is what a step costs. */
  get clear(): boolean {
    return this.#state === 'running' && this.#host.now() - this.#lastRest < breath;
  }

  /** Lets messages in and waits while the run is paused. False: it is stopped. */
  async breathe(halt: Halt): Promise<boolean> {
    const host = this.#host;
    if (host.now() - this.#lastRest >= breath) {
      await host.rest();
      this.#lastRest = host.now();
    }
    await halt.between(false);
    if (this.#state === 'paused') {
      const asleep = host.now();
      await halt.halted();
      while (this.#state === 'paused') {
        const more = await halt.between(true);
        // What was told may have been answered at once.
        if (this.#state !== 'paused') break;
        await (more ? host.rest() : this.#sleep());
      }
      this.#lastRest = host.now();
      halt.woken(this.#lastRest - asleep, this.#state === 'running' && !this.#single);
    }
    return this.#state === 'running';
  }

  /** There may be work for others. */
  wake(): void {
    this.#wake?.();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #go(single: boolean): void {
    this.#single = single;
    this.#state = 'running';
    this.#wake?.();
  }
}

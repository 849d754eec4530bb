/** Whatever is done every so often takes at most one part in so many of the time. */
const restShare = 20;

/** Something that is worth doing every so often, but only where it takes a small part of the time. */
export class Regularly {
  readonly #now: () => number;
  readonly #every: number;
  #last: number;
  #wait: number;

  constructor(now: () => number, every: number) {
    this.#now = now;
    this.#every = this.#wait = every;
    this.#last = now();
  }

  /** @param share of the time to wait that is enough */
  isDue(share: number): boolean {
    return this.#now() - this.#last >= share * this.#wait;
  }

  async do(task: () => Promise<void>): Promise<void> {
    const start = this.#now();
    await task();
    this.#last = this.#now();
    this.#wait = Math.max(this.#every, restShare * (this.#last - start));
  }
}

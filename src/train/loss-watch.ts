/** How far a loss watch has come; `best` is null before the first loss. */
export interface LossWatchState {
  readonly best: number | null;
  readonly stale: number;
}

/** Watches whether a loss still gets better, epoch by epoch. */
export class LossWatch {
  readonly #patience: number;
  #best: number;
  #stale: number;

  /** @param patience epochs without a better loss after which it is exhausted */
  constructor(patience: number, { best, stale }: LossWatchState = { best: null, stale: 0 }) {
    this.#patience = patience;
    this.#best = best ?? Number.POSITIVE_INFINITY;
    this.#stale = stale;
  }

  get state(): LossWatchState {
    return { best: Number.isFinite(this.#best) ? this.#best : null, stale: this.#stale };
  }

  take(loss: number): { readonly improved: boolean; readonly exhausted: boolean } {
    const improved = loss < this.#best;
    if (improved) this.#best = loss;
    this.#stale = improved ? 0 : this.#stale + 1;
    return { improved, exhausted: this.#stale >= this.#patience };
  }

  /** Starts counting anew; the best loss stays the one to beat. */
  forgive(): void {
    this.#stale = 0;
  }
}

/** Watches whether a loss still gets better, epoch by epoch. */
export class LossWatch {
  readonly #patience: number;
  #best = Number.POSITIVE_INFINITY;
  #stale = 0;

  /** @param patience epochs without a better loss after which it is exhausted */
  constructor(patience: number) {
    this.#patience = patience;
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

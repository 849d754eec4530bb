/** Counts right and wrong answers of a classification. */
export class Tally {
  readonly classes: number;
  /** Rows are the true classes, columns the predicted ones. */
  readonly counts: number[];
  #examples = 0;
  #wrong = 0;
  #missed = 0;

  constructor(classes: number) {
    this.classes = classes;
    this.counts = new Array<number>(classes * classes).fill(0);
  }

  /** One example: its true class and the probabilities (or scores) of all of them. Returns the predicted class. */
  add(truth: number, scores: ArrayLike<number>): number {
    const predicted = largest(scores);
    const own = scores[truth] ?? Number.NaN;
    // Of equal scores the first one is the answer, so those before go ahead of it.
    let ahead = 0;
    for (let at = 0; at < this.classes; at++) {
      const score = scores[at] as number;
      if (score > own || (score === own && at < truth)) ahead++;
    }
    this.#examples++;
    if (predicted !== truth) this.#wrong++;
    if (!(ahead < 5) || Number.isNaN(own)) this.#missed++;
    const place = truth * this.classes + predicted;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    return predicted;
  }

  /** Share of examples whose true class is not the one with the largest score. */
  get top1(): number {
    return this.#examples === 0 ? 0 : this.#wrong / this.#examples;
  }

  /** Share of examples whose true class is not among the five with the largest scores. */
  get top5(): number {
    return this.#examples === 0 ? 0 : this.#missed / this.#examples;
  }
}

/** The place of the largest entry, the first of equals; 0 where none is a number. */
export function largest(entries: ArrayLike<number>): number {
  let [best, at] = [Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as number;
    if (entry > best) [best, at] = [entry, i];
  }
  return at;
}

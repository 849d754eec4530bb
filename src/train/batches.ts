import type { BoundData } from './binding.ts';
import type { Draw } from './masks.ts';

/** The examples `order[from … from + size − 1]`. */
export interface Examples {
  readonly data: BoundData;
  readonly order: ArrayLike<number>;
  readonly from: number;
  readonly size: number;
}

/** What one step trains on. */
export interface MiniBatch extends Examples {
  readonly draw: Draw;
}

/** Where in an epoch a mini-batch lies. */
export interface Stretch {
  readonly from: number;
  readonly size: number;
}

/**
 * The mini-batches of an epoch over `count` examples; the last one may be smaller. With `atLeast`, a
 * last one that is smaller than that is left out: its examples, others in every epoch, are skipped.
 */
export function stretches(count: number, batchSize: number, atLeast = 1): readonly Stretch[] {
  const result: Stretch[] = [];
  for (let from = 0; from < count; from += batchSize) {
    const size = Math.min(batchSize, count - from);
    if (size >= atLeast) result.push({ from, size });
  }
  return result;
}

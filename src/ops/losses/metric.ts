import type { Value, ValueOps } from '#tensor';
import { elementwiseLocal } from './loss.ts';

/** The gradients of a measure: zero to the scores, none to the target. */
export function noChange<T>(o: ValueOps<T>, scores: Value<T>) {
  return { scores: o.filledLike(scores, 0), target: null };
}

/** The same as local gradients. */
export function metricLocals<T>(o: ValueOps<T>, scores: Value<T>) {
  return elementwiseLocal(noChange(o, scores));
}

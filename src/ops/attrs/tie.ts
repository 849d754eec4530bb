import { z } from 'zod';
import type { Value, ValueOps } from '#tensor';

/** Who receives the gradient where both inputs win: the first, or each one half. */
export const tieAttr = z.strictObject({ tie: z.enum(['first', 'split']).default('first') });

/** The routing masks of two inputs, given where the first wins and where they tie. */
export function tieShares<T>(
  o: ValueOps<T>,
  firstWins: Value<T>,
  tied: Value<T>,
  tie: 'first' | 'split',
): { readonly a: Value<T>; readonly b: Value<T> } {
  const a = o.add(firstWins, tie === 'first' ? tied : o.mul(tied, 0.5));
  return { a, b: o.sub(1, a) };
}

/** Sources hold their value; evaluation asks `source`, never `forward`. */
export function notComputed(): never {
  throw new Error('A source is not computed.');
}

/** A source has no inputs to pass a gradient back to. */
export function noGradient(): Record<never, null> {
  return {};
}

/** Beyond this, float32 holds nothing but infinity. */
const largest = 3.4028234663852886e38;

/** Whether float32 holds the number, so that every engine does. */
export function isFinite32(value: number): boolean {
  return Math.abs(value) <= largest;
}

/** The first entry that float32 does not hold; undefined where it holds all. */
export function firstNotFinite(data: ArrayLike<number>): number | undefined {
  for (let at = 0; at < data.length; at++) {
    const entry = data[at] as number;
    if (!isFinite32(entry)) return entry;
  }
  return undefined;
}

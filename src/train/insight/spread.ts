import type { Spread } from './messages.ts';

/** Bars of a histogram: enough to see two heaps, few enough to be quick. */
export const barCount = 32;

/** Where an activation function is as good as flat: this close to what it never reaches, as a share of its range. */
const flat = 0.01;

/** Between which values functions saturate. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  sigmoid: [0, 1],
  tanh: [-1, 1],
};

/**
 * Mean, deviation, extremes, shares and histogram of numbers.
 * @param op the operation whose output they are, where that saturates
 */
export function spreadOf(data: ArrayLike<number>, op?: string): Spread {
  let [sum, zeros, notFinite] = [0, 0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < data.length; at++) {
    const x = data[at] as number;
    if (!Number.isFinite(x)) {
      notFinite++;
      continue;
    }
    sum += x;
    if (x === 0) zeros++;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  const finite = data.length - notFinite;
  const bars = new Array<number>(barCount).fill(0);
  if (finite === 0) {
    const nothing = { mean: 0, deviation: 0, low: 0, high: 0, zeros: 0 };
    return { count: data.length, ...nothing, notFinite, bars };
  }
  const mean = sum / finite;
  const range = op === undefined ? undefined : ranges[op];
  const [bottom, top] = range ?? [0, 0];
  const near = (top - bottom) * flat;
  const scale = barCount / (high - low);
  let [squares, saturated] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    const x = data[at] as number;
    if (!Number.isFinite(x)) continue;
    squares += (x - mean) ** 2;
    // Of equal numbers, or as good as equal, all lie in the middle.
    const bar = !Number.isFinite(scale)
      ? barCount >> 1
      : Math.min(barCount - 1, Math.floor((x - low) * scale));
    bars[bar] = (bars[bar] as number) + 1;
    if (range && (x < bottom + near || x > top - near)) saturated++;
  }
  return {
    count: data.length,
    mean,
    deviation: Math.sqrt(squares / finite),
    low,
    high,
    zeros: zeros / finite,
    ...(range ? { saturated: saturated / finite } : {}),
    notFinite,
    bars,
  };
}

/** The root of the sum of squares. */
export function normOf(data: ArrayLike<number>): number {
  let squares = 0;
  for (let at = 0; at < data.length; at++) squares += (data[at] as number) ** 2;
  return Math.sqrt(squares);
}

/** The norm of a difference. */
export function distanceOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let at = 0; at < a.length; at++) squares += ((a[at] as number) - (b[at] as number)) ** 2;
  return Math.sqrt(squares);
}

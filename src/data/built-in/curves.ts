import { type Random, seededRandom } from '#tensor';
import type { Fields } from '../data-set.ts';
import { numbers } from './columns.ts';

/** A curve, and the numbers around it. */
export interface CurveSet {
  readonly noise: number;
  /** x is even in this range. */
  readonly range: readonly [number, number];
  at(x: number): number;
}

export const curves = {
  /** y = 2x + 1. */
  line: { noise: 0.1, range: [-1, 1], at: (x) => 2 * x + 1 },
  /** y = x − 2x² + x³. */
  polynomial: { noise: 0.05, range: [-0.5, 1.5], at: (x) => x - 2 * x ** 2 + x ** 3 },
} as const satisfies Readonly<Record<string, CurveSet>>;

/** `x` and `y`, a number each, and `powers` [order]: x, x², … x^order. */
export function curveFields(
  { at, range: [low, high] }: CurveSet,
  count: number,
  noise: number,
  order: number,
  random: Random,
): Fields {
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  const powers = new Float32Array(order * count);
  for (let row = 0; row < count; row++) {
    const value = low + (high - low) * random.uniform();
    x[row] = value;
    y[row] = at(value) + noise * random.normal();
    for (let power = 1; power <= order; power++) powers[row * order + power - 1] = value ** power;
  }
  return new Map([
    ['x', numbers([], x)],
    ['y', numbers([], y)],
    ['powers', numbers([order], powers)],
  ]);
}

/** Its own stream for each part, so that the test part does not change with the training part's size. */
export const streamOf = (name: string, part: string, seed: number): Random =>
  seededRandom(seed, `${name} ${part}`);

import { defaultInitializer, fans, type Initializer, initAttr } from '#ops';
import type { Shape } from '#tensor';
import { formatNumber } from '../format/numbers.ts';

/** Where numbers lie. */
export interface Spread {
  readonly mean: number;
  /** The root of the mean squared distance from the mean. */
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(data: Float64Array): Spread {
  let [sum, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of data) {
    sum += x;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  const mean = sum / data.length;
  let squares = 0;
  for (const x of data) squares += (x - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / data.length), low, high };
}

/** What an initializer draws from. */
export type Law =
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number };

/** The initializer that is in use, and what follows from it for this shape. */
export interface Start {
  readonly init: Initializer;
  /** Null where nothing is drawn: all numbers are as the initializer says. */
  readonly law: Law | null;
  /** Numbers into and out of one unit, where the initializer asks for them. */
  readonly fanIn?: number;
  readonly fanOut?: number;
  /** How the width of the distribution follows from them, as LaTeX. */
  readonly latex?: string;
}

/** How a parameter of that shape starts. `init` as its attribute has it. */
export function startOf(shape: Shape, given: unknown): Start {
  const init = given === undefined ? defaultInitializer(shape) : initAttr.parse(given);
  const fan = fans(shape);
  const both = fan.in + fan.out;
  const width = (symbol: string, top: number, below: string, sum: number) =>
    `${symbol} = \\sqrt{\\frac{${top}}{${below}}} = ${formatNumber(Math.sqrt(top / sum))}`;
  const sides = '\\text{fan-in} + \\text{fan-out}';
  switch (init.kind) {
    case 'normal':
      return { init, law: { kind: 'normal', mean: init.mean, deviation: init.deviation } };
    case 'uniform':
      return {
        init,
        law: {
          kind: 'uniform',
          low: Math.min(init.low, init.high),
          high: Math.max(init.low, init.high),
        },
      };
    case 'he':
      return {
        init,
        law: { kind: 'normal', mean: 0, deviation: Math.sqrt(2 / fan.in) },
        fanIn: fan.in,
        latex: width('\\sigma', 2, '\\text{fan-in}', fan.in),
      };
    case 'xavier':
      return {
        init,
        law: { kind: 'normal', mean: 0, deviation: Math.sqrt(2 / both) },
        fanIn: fan.in,
        fanOut: fan.out,
        latex: width('\\sigma', 2, sides, both),
      };
    case 'xavierUniform': {
      const bound = Math.sqrt(6 / both);
      return {
        init,
        law: { kind: 'uniform', low: -bound, high: bound },
        fanIn: fan.in,
        fanOut: fan.out,
        latex: width('\\pm b', 6, sides, both),
      };
    }
    default:
      return { init, law: null };
  }
}

/** Mean and deviation of what is drawn, in the limit of many numbers. */
export function expected(law: Law): { readonly mean: number; readonly deviation: number } {
  if (law.kind === 'normal') return law;
  return { mean: (law.low + law.high) / 2, deviation: (law.high - law.low) / Math.sqrt(12) };
}

/** The density at x. */
export function density(law: Law, x: number): number {
  if (law.kind === 'uniform') {
    return x < law.low || x > law.high ? 0 : 1 / (law.high - law.low);
  }
  const z = (x - law.mean) / law.deviation;
  return Math.exp(-(z ** 2) / 2) / (law.deviation * Math.sqrt(2 * Math.PI));
}

/** Bars of equal width. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  /** How many numbers lie in each bar, as a density: the bars have the area 1. */
  readonly bars: readonly number[];
}

/** How the numbers are spread, over all of them and over where the law has its weight. */
export function histogram(data: Float64Array, spread: Spread, law: Law | null): Histogram {
  const [from, to] = law ? bulk(law) : [spread.low, spread.high];
  let low = Math.min(from, spread.low);
  let high = Math.max(to, spread.high);
  if (!(high > low)) {
    // All are the same number: one bar in the middle.
    const room = Math.max(1, Math.abs(low)) / 2;
    [low, high] = [low - room, high + room];
  }
  const count = Math.max(9, Math.min(35, 2 * Math.round(Math.sqrt(data.length)) + 1));
  const bars = new Array<number>(count).fill(0);
  const share = count / (data.length * (high - low));
  for (const x of data) {
    const at = Math.min(count - 1, Math.floor(((x - low) / (high - low)) * count));
    bars[at] = (bars[at] ?? 0) + share;
  }
  return { low, high, bars };
}

function bulk(law: Law): readonly [number, number] {
  if (law.kind === 'normal') return [law.mean - 3 * law.deviation, law.mean + 3 * law.deviation];
  const room = (law.high - law.low) / 12;
  return [law.low - room, law.high + room];
}

import type { Spread } from '#train';
import type { Canvas } from './Painted.tsx';

/** Of the width, what the bars of the present take. */
const barsShare = 0.22;
const gap = 6;
/** Numbers further out than so many deviations are cut off: a few of them would hide all others. */
const reach = 4;

/** From where to where the strips of these spreads go, so that nearly all numbers are seen. */
export function rangeOf(spreads: readonly Spread[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { mean, deviation, low: least, high: most } of spreads) {
    low = Math.min(low, Math.max(least, mean - reach * deviation));
    high = Math.max(high, Math.min(most, mean + reach * deviation));
  }
  if (!(low <= high)) return [-1, 1];
  if (low === high) return [low - 1, high + 1];
  return [low, high];
}

/** How a tensor was spread over time, and to the right of it how it is now. */
export function drawStrip(
  history: readonly Spread[],
  tone: string,
  { context, width, height, colour }: Canvas,
): void {
  const now = history.at(-1);
  context.fillStyle = colour('--chip');
  const barsWidth = width * barsShare;
  const stripWidth = width - barsWidth - gap;
  context.fillRect(0, 0, stripWidth, height);
  if (!now) return;
  const [low, high] = rangeOf(history);
  const yOf = (x: number) => height - ((x - low) / (high - low)) * height;
  context.fillStyle = colour(tone);
  const column = stripWidth / history.length;
  history.forEach((spread, at) => {
    const top = Math.max(...spread.bars, 1);
    eachBar(spread, (from, to, count) => {
      context.globalAlpha = Math.sqrt(count / top) * 0.9;
      const y = yOf(to);
      context.fillRect(at * column, y, column + 0.5, Math.max(1, yOf(from) - y));
    });
  });
  context.globalAlpha = 1;
  const top = Math.max(...now.bars, 1);
  const left = stripWidth + gap;
  eachBar(now, (from, to, count) => {
    const y = yOf(to);
    const length = Math.max(1, (count / top) * barsWidth);
    context.fillRect(left, y, length, Math.max(1, yOf(from) - y - 0.5));
  });
  if (low < 0 && high > 0) {
    context.fillStyle = colour('--dim');
    context.globalAlpha = 0.6;
    context.fillRect(0, Math.round(yOf(0)), width, 1);
    context.globalAlpha = 1;
  }
}

function eachBar(
  { low, high, bars }: Spread,
  draw: (from: number, to: number, count: number) => void,
): void {
  // Where all are equal there is one bar, which has to be seen.
  const width = high > low ? (high - low) / bars.length : Math.abs(low) * 0.05 || 0.05;
  const start = high > low ? low : low - width * (bars.length / 2);
  bars.forEach((count, at) => {
    if (count > 0) draw(start + at * width, start + (at + 1) * width, count);
  });
}

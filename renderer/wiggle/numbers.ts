import { formatNumber } from '../format/numbers.ts';

/** The size of a change: with two digits behind the point where that is all there is, else three that count. */
export function formatChange(x: number): string {
  const size = Math.abs(x);
  const two = size.toFixed(2);
  return size < 1e6 && Math.abs(Number(two) - size) <= 1e-9 * Math.max(size, 1e-3)
    ? two
    : formatNumber(size, 3);
}

/** A round number that suits the value: changes of it up to this size are worth looking at. */
export function wiggleScale(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size) || (size >= 0.1 && size < 10)) return 1;
  return 10 ** Math.floor(Math.log10(size));
}

/** From −`reach` to `reach`: at least twice the value, and 1, rounded up to 1, 2 or 5 times a power of ten. */
export function sliderReach(value: number): number {
  const wanted = Math.max(1, 2 * Math.abs(value));
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((each) => each * power >= wanted * (1 - 1e-12)) ?? 10;
  return factor * power;
}

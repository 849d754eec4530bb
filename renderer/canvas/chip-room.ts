import type { ArrayValue } from '#tensor';
import type { Numbers } from '../format/numbers.ts';
import { isSingle, singleNumber } from '../format/tensors.ts';
import { onCurve } from './curve.ts';

/** The width, before it is enlarged, of what stands on a wire, as the style sheet makes it: see `.value-chip`. */
export function chipWidth(
  values: readonly (ArrayValue | null | undefined)[],
  compact: boolean,
  numbers: Numbers,
): number {
  let widest = 58;
  for (const value of values) {
    if (!value) continue;
    const own = isSingle(value)
      ? 26 + 9 * numbers.format(singleNumber(value)).length
      : compact
        ? 58
        : 128;
    widest = Math.max(widest, own);
  }
  return widest;
}

interface Stretch {
  /** From port to port. */
  readonly dx: number;
  readonly dy: number;
  /** How far along the wire the label stands. */
  readonly place: number;
}

/** A wire that rises or falls by more than this has its label above or below the nodes at its ends. */
const steep = 140;
const gap = 6;
/** A long number may shrink a little rather than cover a node. */
const smallest = 0.75;

/** By how much a label of that width may be enlarged before it touches the nodes at its wire's ends. */
export function roomFor(width: number, { dx, dy, place }: Stretch): number {
  if (dy > steep) return Math.max(1, Math.hypot(dx, dy) / (width + 34));
  const along = onCurve({ x0: 0, y0: 0, x3: dx, y3: 0 }, place).x;
  const half = Math.min(along, dx - along) - gap;
  return Math.max(smallest, (2 * half) / width);
}

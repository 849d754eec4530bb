import type { ArrayValue } from '#tensor';
import type { Numbers } from '../format/numbers.ts';
import { isSingle, singleNumber } from '../format/tensors.ts';
import { onCurve } from './curve.ts';

/** The width, before it is enlarged, of what stands on a wire, as the style sheet makes it: see `.value-chip`. */
export function chipWidth(
  values: readonly (ArrayValue | null | undefined)[],
  compact: boolean,
  numbers: Numbers,
  /** What stands there in place of a gradient. */
  instead: readonly string[] = [],
): number {
  const widths = values.map((value) => {
    if (!value) return 0;
    if (!isSingle(value)) return compact ? 58 : tensorWidth;
    return textWidth(numbers.format(singleNumber(value)));
  });
  return Math.max(58, ...widths, ...instead.map(textWidth));
}

function textWidth(text: string): number {
  return 26 + 9 * text.length - (text.includes('.') ? 5 : 0);
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
const gap = 5;
/** A long number may shrink a little rather than cover a node. */
const smallest = 0.75;
/** Never smaller than drawn: its numbers are small as it is. */
const tensorWidth = 128;

/** By how much a label of that width may be enlarged before it touches the nodes at its wire's ends. */
export function roomFor(width: number, { dx, dy, place }: Stretch): number {
  if (dy > steep) return Math.max(1, Math.hypot(dx, dy) / (width + 34));
  const along = onCurve({ x0: 0, y0: 0, x3: dx, y3: 0 }, place).x;
  const half = Math.min(along, dx - along) - gap;
  return Math.max(width === tensorWidth ? 1 : smallest, (2 * half) / width);
}

import type { ArrayValue, NdArray } from '#tensor';
import { normOf } from './shown-values.ts';

const norms = new WeakMap<NdArray, number>();

/** The Euclidean norm, computed once per array. */
export function knownNorm(array: NdArray): number {
  const known = norms.get(array);
  if (known !== undefined) return known;
  const norm = normOf(array);
  norms.set(array, norm);
  return norm;
}

const thinnest = 1.2;
const thickest = 5.2;
/** Sizes from 0.001 to 100 are told apart; what lies beyond is drawn like these. */
const [from, to] = [-3, 2];

/**
 * How thick a wire is drawn, in pixels: by the logarithm of what it carries, on one scale for all wires
 * of all graphs. Zero is the thinnest; NaN and infinity are the thickest.
 */
export function wireWidth({ data }: ArrayValue): number {
  const size = knownNorm(data);
  if (size === 0) return thinnest;
  if (!Number.isFinite(size)) return thickest;
  const share = (Math.log10(size) - from) / (to - from);
  const width = thinnest + (thickest - thinnest) * Math.min(1, Math.max(0, share));
  // In steps that the eye can tell apart: a slider does not restyle every wire in every frame.
  return Math.round(width * 10) / 10;
}

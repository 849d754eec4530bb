import type { Objective } from './perturbation.ts';

/** How a gradient compares with the slope that wiggling shows. */
export type SlopeVerdict = 'agrees' | 'mismatch' | 'kink' | 'not-finite';

export interface SlopeComparison {
  readonly verdict: SlopeVerdict;
  readonly analytic: number;
  readonly numeric: number;
  readonly difference: number;
}

/** What counts as agreement, relative to the largest gradient on the wire. */
const tolerance = 1e-6;

/** Steps relative to the value's own size; smaller ones stay clear of kinks nearby. */
const relativeSteps = [1e-4, 1e-5, 1e-6];

/**
 * Compares an analytic gradient with the slope of `objective` at 0. `value` is the entry that is
 * wiggled; `largest` the largest gradient on the wire; `scale` the size of the objective, which
 * decides what rounding alone can do.
 */
export function compareSlope(
  objective: Objective,
  analytic: number,
  value: number,
  { largest, scale }: { readonly largest: number; readonly scale: number },
): SlopeComparison {
  const unit = Math.max(1, Math.abs(value));
  let best: SlopeComparison | undefined;
  const errors: number[] = [];
  for (const relative of relativeSteps) {
    const step = relative * unit;
    const numeric = extrapolated(objective, step);
    const noise = (50 * Number.EPSILON * scale) / step;
    const floor = Math.max(largest, 1e-8, noise / tolerance);
    const difference = Math.abs(analytic - numeric) / floor;
    if (difference <= tolerance) return { verdict: 'agrees', analytic, numeric, difference };
    errors.push(Math.abs(analytic - numeric));
    if (!best || difference < best.difference || Number.isNaN(best.difference)) {
      best = { verdict: 'mismatch', analytic, numeric, difference };
    }
  }
  if (!best) throw new Error('There are no steps to try.');
  if (vanishes(errors)) return { ...best, verdict: 'agrees' };
  if (!Number.isFinite(best.numeric)) {
    // Where the objective itself is infinite or NaN, there is no slope to compare with.
    const comparable = Number.isFinite(analytic) && Number.isFinite(scale);
    return { ...best, verdict: comparable ? 'mismatch' : 'not-finite' };
  }
  return { ...best, verdict: isKink(objective, analytic, unit) ? 'kink' : 'mismatch' };
}

/**
 * Whether the disagreement shrinks with the step: where the slope itself has a kink (the square of a
 * ReLU at 0), a central difference is off by the order of its step, and only by that.
 */
function vanishes(errors: readonly number[]): boolean {
  return errors.every((error, at) => at === 0 || error <= 0.2 * (errors[at - 1] ?? 0));
}

/** Central differences at two steps, extrapolated to step 0 (Richardson): error of order step⁴. */
function extrapolated(objective: Objective, step: number): number {
  const wide = (objective(step) - objective(-step)) / (2 * step);
  const half = step / 2;
  const narrow = (objective(half) - objective(-half)) / step;
  return (4 * narrow - wide) / 3;
}

/**
 * At a kink the slopes from the left and the right differ however small the step, and any slope
 * between the two is a fair gradient.
 */
function isKink(objective: Objective, analytic: number, unit: number): boolean {
  const center = objective(0);
  const slopes = (step: number) => ({
    left: (center - objective(-step)) / step,
    right: (objective(step) - center) / step,
  });
  const wide = slopes(1e-5 * unit);
  const narrow = slopes(1e-7 * unit);
  const jump = Math.abs(narrow.right - narrow.left);
  const lasts = jump > 0.5 * Math.abs(wide.right - wide.left);
  const slack = 1e-3 * Math.max(jump, 1e-8);
  const low = Math.min(narrow.left, narrow.right) - slack;
  const high = Math.max(narrow.left, narrow.right) + slack;
  return (
    lasts && jump > 1e-4 * Math.max(1e-4, Math.abs(analytic)) && analytic >= low && analytic <= high
  );
}

import type { TrainingProgress } from '#train';

/** The curves of a run by its steps; null where a curve has no point at a step. */
export interface Curves {
  readonly steps: readonly number[];
  readonly loss: readonly number[];
  readonly accuracy: readonly (number | null)[];
  readonly testLoss: readonly (number | null)[];
  readonly testAccuracy: readonly (number | null)[];
}

export const emptyCurves: Curves = {
  steps: [],
  loss: [],
  accuracy: [],
  testLoss: [],
  testAccuracy: [],
};

/** More points than a screen has pixels say nothing more. */
const mostPoints = 2000;

export function withReport(curves: Curves, report: TrainingProgress): Curves {
  const at = curves.steps.length - 1;
  const same = curves.steps[at] === report.step;
  const put = <T>(list: readonly T[], value: T): T[] => [
    ...(same ? list.slice(0, -1) : list),
    value,
  ];
  const next = {
    steps: put(curves.steps, report.step),
    loss: put(curves.loss, report.loss),
    accuracy: put(curves.accuracy, report.accuracy ?? null),
    testLoss: put(curves.testLoss, report.testLoss ?? null),
    testAccuracy: put(curves.testAccuracy, report.testAccuracy ?? null),
  };
  return next.steps.length > mostPoints ? thinned(next) : next;
}

/** Every other point goes, but none of the rare ones. */
function thinned(curves: Curves): Curves {
  const keep = (_: unknown, at: number) => at % 2 === 1 || (curves.testLoss[at] ?? null) !== null;
  return {
    steps: curves.steps.filter(keep),
    loss: curves.loss.filter(keep),
    accuracy: curves.accuracy.filter(keep),
    testLoss: curves.testLoss.filter(keep),
    testAccuracy: curves.testAccuracy.filter(keep),
  };
}

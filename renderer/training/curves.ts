import { z } from 'zod';
import type { CurvePoint, EvaluationPoint } from '#train';

const numbers = z.array(z.number()).readonly();
const sparse = z.array(z.number().nullable()).readonly();
const lineSchema = z.strictObject({ steps: numbers, loss: sparse, accuracy: sparse });

/** The curves of a run, each by its own steps; null where a line has no number at a step. */
export const curvesSchema = z.strictObject({
  train: lineSchema,
  /** As it was set for the steps of `train`. */
  learningRate: numbers,
  validation: lineSchema,
  test: lineSchema,
});

export type Curves = z.output<typeof curvesSchema>;
export type Line = Curves['train'];

/** Sets of examples that a run has a curve for. */
export type CurveSet = 'train' | 'validation' | 'test';

const emptyLine: Line = { steps: [], loss: [], accuracy: [] };

export const emptyCurves: Curves = {
  train: emptyLine,
  learningRate: [],
  validation: emptyLine,
  test: emptyLine,
};

/** More points than a screen has pixels say nothing more. */
const mostPoints = 2000;

/** What a report adds. */
export interface CurveNews {
  readonly points: readonly CurvePoint[];
  readonly evaluations: readonly EvaluationPoint[];
}

export function withReport(curves: Curves, { points, evaluations }: CurveNews): Curves {
  const found = (loss: number | undefined) => loss !== undefined;
  const validated = evaluations.filter(({ validationLoss }) => found(validationLoss));
  const tested = evaluations.filter(({ testLoss }) => found(testLoss));
  const learningRate = [...curves.learningRate, ...points.map((point) => point.learningRate)];
  return {
    train: points.length === 0 ? curves.train : added(curves.train, points),
    learningRate,
    validation: thinned(
      added(
        curves.validation,
        validated.map(({ step, validationLoss, validationAccuracy }) => ({
          step,
          loss: validationLoss,
          accuracy: validationAccuracy,
        })),
      ),
    ),
    test: thinned(
      added(
        curves.test,
        tested.map(({ step, testLoss, testAccuracy }) => ({
          step,
          loss: testLoss,
          accuracy: testAccuracy,
        })),
      ),
    ),
  };
}

interface Point {
  readonly step: number;
  readonly loss?: number | undefined;
  readonly accuracy?: number | undefined;
}

function added(line: Line, points: readonly Point[]): Line {
  if (points.length === 0) return line;
  return {
    steps: [...line.steps, ...points.map(({ step }) => step)],
    loss: [...line.loss, ...points.map(({ loss }) => finite(loss))],
    accuracy: [...line.accuracy, ...points.map(({ accuracy }) => finite(accuracy))],
  };
}

const finite = (x: number | undefined) => (x !== undefined && Number.isFinite(x) ? x : null);

/** Every other point goes where there are too many: the same ones whenever a run is repeated. */
function thinned(line: Line): Line {
  if (line.steps.length <= mostPoints) return line;
  const keep = (_: unknown, at: number) => at % 2 === 1;
  return {
    steps: line.steps.filter(keep),
    loss: line.loss.filter(keep),
    accuracy: line.accuracy.filter(keep),
  };
}

/** The curves as they were after a step: what a run that goes on from there adds to. */
export function upTo(curves: Curves, step: number): Curves {
  const line = ({ steps, loss, accuracy }: Line): Line => {
    const count = steps.filter((at) => at <= step).length;
    return {
      steps: steps.slice(0, count),
      loss: loss.slice(0, count),
      accuracy: accuracy.slice(0, count),
    };
  };
  const train = line(curves.train);
  return {
    train,
    learningRate: curves.learningRate.slice(0, train.steps.length),
    validation: line(curves.validation),
    test: line(curves.test),
  };
}

/** The set beside the training set that has a curve of its own. */
export function secondSet({ validation }: Curves): 'validation' | 'test' {
  return validation.steps.length > 0 ? 'validation' : 'test';
}

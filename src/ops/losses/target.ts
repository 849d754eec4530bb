import { type Form, formatShape, type Value, type ValueOps } from '#tensor';
import { ShapeError } from '../operation.ts';

/**
 * Checks scores (or probabilities) against a target, which may be a class index or one number for each
 * class. Throws `ShapeError`. One loss per example where either is one per example.
 */
export function classForm(name: string, scores: Form, target: Form): Form {
  requireScores(name, scores);
  const [classes] = scores.shape;
  if (target.shape.length > 1 || (target.shape.length === 1 && target.shape[0] !== classes)) {
    throw new ShapeError(
      `The target must be a class index or ${classes} numbers, one for each class, and it is ${formatShape(target.shape)}.`,
      'target',
    );
  }
  return { batched: scores.batched || target.batched, shape: [] };
}

/** The same where the target can only be a class index. */
export function indexForm(name: string, scores: Form, target: Form): Form {
  requireScores(name, scores);
  if (target.shape.length > 0) {
    throw new ShapeError(
      `The target must be a class index, and it is ${formatShape(target.shape)}.`,
      'target',
    );
  }
  return { batched: scores.batched || target.batched, shape: [] };
}

function requireScores(name: string, { shape }: Form): void {
  if (shape.length === 1) return;
  throw new ShapeError(
    `The ${name} must be a vector, one for each class, and they are ${formatShape(shape)}.`,
    name,
  );
}

/** Whether the target names a class instead of weighing all of them. */
export function isIndex({ shape }: Form): boolean {
  return shape.length === 0;
}

/** The target as one weight per class. */
export function distribution<T>(o: ValueOps<T>, scores: Form, target: Value<T>): Value<T> {
  return isIndex(target) ? o.oneHot(target, scores.shape[0] ?? 1) : target;
}

/** The target as a class index: that of the largest weight. */
export function classIndex<T>(o: ValueOps<T>, target: Value<T>): Value<T> {
  return isIndex(target) ? target : o.argMax(target);
}

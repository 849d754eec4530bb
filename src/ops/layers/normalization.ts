import type { Value, ValueOps } from '#tensor';

/** An average over the entries that are normalized together, in a shape that stretches back over them. */
export type Average<T> = (value: Value<T>) => Value<T>;

export interface Normalized<T> {
  /** (x − mean) / √(variance + ε): mean 0 and variance 1. */
  readonly value: Value<T>;
  /** 1 / √(variance + ε). */
  readonly scale: Value<T>;
}

/** Takes the mean off and divides by the standard deviation (biased, with ε under the root). */
export function normalize<T>(
  o: ValueOps<T>,
  x: Value<T>,
  average: Average<T>,
  epsilon: number,
): Normalized<T> {
  const centered = o.sub(x, average(x));
  const variance = average(o.square(centered));
  const scale = inverseDeviation(o, variance, epsilon);
  return { value: o.mul(centered, scale), scale };
}

/**
 * The gradient through `normalize`, where `gradient` is that of the normalized value x̂:
 * scale · (ĝ − mean(ĝ) − x̂ · mean(ĝ·x̂)). The two means are what comes back through mean and variance.
 */
export function throughNormalize<T>(
  o: ValueOps<T>,
  { value, scale }: Normalized<T>,
  gradient: Value<T>,
  average: Average<T>,
): Value<T> {
  const throughMean = average(gradient);
  const throughVariance = o.mul(value, average(o.mul(gradient, value)));
  return o.mul(scale, o.sub(o.sub(gradient, throughMean), throughVariance));
}

/** 1 / √(variance + ε). */
export function inverseDeviation<T>(o: ValueOps<T>, variance: Value<T>, epsilon: number): Value<T> {
  return o.reciprocal(o.sqrt(o.add(variance, epsilon)));
}

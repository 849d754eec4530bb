import type { Shape } from '#tensor';
import { sizeOf } from '#tensor';
import type { Field } from '../data-set.ts';

/** A column of numbers. */
export function numbers(shape: Shape, values: Float32Array): Field {
  return { shape, count: values.length / sizeOf(shape), values, scale: 1 };
}

/** A column of class indices. */
export function labels(values: Uint8Array, classNames: readonly string[]): Field {
  return {
    shape: [],
    count: values.length,
    values,
    scale: 1,
    classes: classNames.length,
    classNames,
  };
}

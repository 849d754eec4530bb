import type { NdArray } from './nd-array.ts';
import { formatShape, type Shape } from './shape.ts';

/**
 * What is known of a value before its numbers: the shape of ONE example, and whether there is one
 * per example (`batched`) or one shared by all. Never guessed from shapes.
 */
export interface Form {
  readonly batched: boolean;
  readonly shape: Shape;
}

/** A value in an engine. `data` has a leading batch axis exactly where `batched` is true. */
export interface Value<T> extends Form {
  readonly data: T;
}

/** A value with its numbers in float64. */
export type ArrayValue = Value<NdArray>;

/** `[3], one per example` or `scalar, shared`: for sentences. */
export function formatForm(form: Form): string {
  return `${formatShape(form.shape)}, ${form.batched ? 'one per example' : 'shared'}`;
}

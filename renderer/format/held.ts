import type { GraphNode } from '#graph';
import type { NdArray } from '#tensor';

/** The value that a source holds, if any. */
export function heldValue({ attrs }: GraphNode): NdArray | undefined {
  const value = 'value' in attrs ? attrs.value : undefined;
  return isNdArray(value) ? value : undefined;
}

export function isNdArray(value: unknown): value is NdArray {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    value.data instanceof Float64Array
  );
}

/** Whether a source holds one value for each example. */
export function isBatched({ attrs }: GraphNode): boolean {
  return 'batched' in attrs && attrs.batched === true;
}

import { type ArrayValue, formatShape, type NdArray, type Shape, toNested } from '#tensor';
import type { Numbers } from './numbers.ts';

/** Whether the value is one number, the same for all examples. */
export function isSingle(value: ArrayValue): boolean {
  return value.data.data.length === 1 && value.shape.length === 0;
}

/** The number of a single value. */
export function singleNumber(value: ArrayValue): number {
  return value.data.data[0] ?? Number.NaN;
}

/** A number, or a shape: for sentences. */
export function describeValue(value: ArrayValue, numbers: Numbers): string {
  return isSingle(value) ? numbers.format(singleNumber(value)) : formatBadge(value);
}

/** `128×784`, `10 ×128` for one per example; `scalar` for a number. */
export function formatBadge({ shape, batched, data }: ArrayValue): string {
  const own = shape.length === 0 ? '' : shape.join('×');
  const examples = batched ? `×${data.shape[0] ?? 1}` : '';
  return [own, examples].filter(Boolean).join(' ') || formatShape(shape);
}

/** `128×784`, and nothing for a scalar. */
export function formatDimensions(shape: Shape): string {
  return shape.join('×');
}

/** The Euclidean norm of all entries. */
export function normOf({ data }: NdArray): number {
  let sum = 0;
  for (const x of data) sum += x * x;
  return Math.sqrt(sum);
}

/** `[2, 1]`: the places of an entry, counted from 1 as at the blackboard; empty for a scalar's only one. */
export function formatPlace(index: number, shape: Shape): string {
  const places: number[] = [];
  let rest = index;
  for (const length of shape.toReversed()) {
    places.unshift((rest % length) + 1);
    rest = Math.floor(rest / length);
  }
  return places.length === 0 ? '' : `[${places.join(', ')}]`;
}

/** Smallest and largest entry. */
export function rangeOf({ data }: NdArray): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const x of data) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return { low, high };
}

/**
 * The numbers as they are written elsewhere, `[[1, 2], [3, 4]]`: for sentences.
 * @param most significant digits where room is scarce
 */
export function describeNested(
  { shape, data }: NdArray,
  numbers: Numbers,
  most = Number.POSITIVE_INFINITY,
): string {
  let next = 0;
  const write = (axis: number): string => {
    const length = shape[axis];
    if (length === undefined) return numbers.format(data[next++] ?? Number.NaN, most);
    return `[${Array.from({ length }, () => write(axis + 1)).join(', ')}]`;
  };
  return write(0);
}

/** The numbers as a person types them, `[1, 2, 3]`. */
export function formatNested(array: NdArray): string {
  return JSON.stringify(toNested(array)).replaceAll(',', ', ');
}

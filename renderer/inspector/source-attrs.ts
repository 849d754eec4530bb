import type { GraphNode } from '#graph';
import { filled, type NdArray, type Shape, sizeOf } from '#tensor';
import { heldValue, isBatched, isNdArray } from '../format/held.ts';

/** The shape that a source declares. */
export function shapeOf({ attrs }: GraphNode): Shape {
  const shape = 'shape' in attrs ? attrs.shape : undefined;
  return isShape(shape) ? shape : [];
}

/**
 * What has to change in a node's attributes so that one of them becomes `next`: a source's shape, its value and
 * whether there is one per example hang together.
 */
export function changedAttrs(
  node: GraphNode,
  name: string,
  next: unknown,
): Readonly<Record<string, unknown>> {
  const held = heldValue(node);
  const batched = isBatched(node);
  if (name === 'value' && isNdArray(next)) {
    return { shape: batched ? next.shape.slice(1) : next.shape, value: next };
  }
  if (held && name === 'shape' && isShape(next)) {
    return { shape: next, value: fitted(held, batched ? [held.shape[0] ?? 1, ...next] : next) };
  }
  if (held && name === 'batched') return { batched: next, ...withBatch(held, next === true) };
  return { [name]: next };
}

/** The rows of a value become examples, or examples become rows; a single number is one example. */
function withBatch(held: NdArray, batched: boolean): { shape: Shape; value: NdArray } {
  const { shape, data } = held;
  if (!batched) {
    const own = shape.length === 1 && shape[0] === 1 ? [] : shape;
    return { shape: own, value: { shape: own, data } };
  }
  const examples = shape.length === 0 ? { shape: [1], data } : held;
  return { shape: examples.shape.slice(1), value: examples };
}

/** The same numbers in another shape where they fill it, else those that have a place there, and zeros. */
export function fitted({ shape, data }: NdArray, wanted: Shape): NdArray {
  if (sizeOf(shape) === sizeOf(wanted)) return { shape: wanted, data };
  const result = filled(wanted, 0);
  const axes = Math.max(shape.length, wanted.length);
  // A missing axis in front has the length 1.
  const from = [...Array<number>(axes - shape.length).fill(1), ...shape];
  const to = [...Array<number>(axes - wanted.length).fill(1), ...wanted];
  for (let at = 0; at < result.data.length; at++) {
    let [rest, source, stride] = [at, 0, 1];
    let inside = true;
    for (let axis = axes - 1; axis >= 0; axis--) {
      const place = rest % (to[axis] ?? 1);
      rest = Math.floor(rest / (to[axis] ?? 1));
      if (place >= (from[axis] ?? 1)) inside = false;
      source += place * stride;
      stride *= from[axis] ?? 1;
    }
    if (inside) result.data[at] = data[source] ?? 0;
  }
  return result;
}

function isShape(next: unknown): next is Shape {
  return (
    Array.isArray(next) &&
    next.every((length) => Number.isInteger(length) && length >= 1) &&
    sizeOf(next) <= 1e7
  );
}

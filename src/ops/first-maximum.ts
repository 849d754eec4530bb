import { normalizeAxes, sizeOf, type Value, type ValueOps } from '#tensor';

/**
 * 1 at the first maximum along `axes` (in row-major order), 0 elsewhere, in the shape of `x`: the
 * routing mask of everything that takes a largest entry.
 */
export function firstMaximum<T>(o: ValueOps<T>, x: Value<T>, axes?: readonly number[]): Value<T> {
  const reduced = normalizeAxes(axes, x.shape.length);
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !reduced.includes(axis));
  // The axes that go away move to the end and become one, along which an index can be taken.
  const order = [...kept, ...reduced];
  const moved = o.transpose(x, order);
  const count = sizeOf(reduced.map((axis) => x.shape[axis] ?? 1));
  const rows = o.reshape(moved, [...kept.map((axis) => x.shape[axis] ?? 1), count]);
  const mask = o.reshape(o.oneHot(o.argMax(rows), count), moved.shape);
  return o.transpose(mask, inverseOf(order));
}

function inverseOf(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}

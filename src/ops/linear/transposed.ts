import type { Value, ValueOps } from '#tensor';

/** The transpose of a matrix; a vector as a row. */
export function transposed<T>(o: ValueOps<T>, x: Value<T>): Value<T> {
  return x.shape.length === 1 ? o.reshape(x, [1, ...x.shape]) : o.transpose(x);
}

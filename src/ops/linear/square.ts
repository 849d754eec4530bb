import { type Form, formatShape, type Value, type ValueOps } from '#tensor';
import { ShapeError } from '../operation.ts';

/** Throws `ShapeError` where the value at `port` is no square matrix. */
export function requireSquare({ shape }: Form, port: string): void {
  if (shape.length === 2 && shape[0] === shape[1]) return;
  throw new ShapeError(`This takes a square matrix, and ${port} is ${formatShape(shape)}.`, port);
}

/** The n × n identity matrix, for a square matrix of that size. */
export function identityLike<T>(o: ValueOps<T>, { shape }: Form): Value<T> {
  const n = shape[0] ?? 1;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return o.constant({ shape: [n, n], data });
}

/** X⁻¹ of each matrix. */
export function inverseOf<T>(o: ValueOps<T>, x: Value<T>): Value<T> {
  return o.primitive(x, { op: 'inverse' }, [x]);
}

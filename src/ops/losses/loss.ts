import type { Value, ValueOps } from '#tensor';
import type { Local } from '../operation.ts';

/** The gradients of a loss that is one number per example: its derivatives times the upstream number. */
export function scaled<T, P extends string>(
  o: ValueOps<T>,
  upstream: Value<T>,
  derivatives: Readonly<Record<P, Value<T> | null>>,
): Record<P, Value<T> | null> {
  return mapPorts(derivatives, (derivative) => derivative && o.mul(upstream, derivative));
}

/** The same derivatives as local gradients. */
export function elementwiseLocal<T, P extends string>(
  derivatives: Readonly<Record<P, Value<T> | null>>,
): Record<P, Local<T> | null> {
  return mapPorts(derivatives, (value) => value && { kind: 'elementwise', value });
}

function mapPorts<P extends string, V, R>(
  record: Readonly<Record<P, V>>,
  map: (value: V) => R,
): Record<P, R> {
  const entries = Object.entries<V>(record).map(([port, value]) => [port, map(value)]);
  return Object.fromEntries(entries) as Record<P, R>;
}

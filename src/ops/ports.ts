import type { Operation, OptionalPort, Port, RequiredPort } from './operation.ts';

/** A tensor port. */
export function port<P extends string>(name: P): RequiredPort<P> {
  return { name, kind: 'tensor', optional: false };
}

/** A tensor port that may stay empty. */
export function optionalPort<Q extends string>(name: Q): OptionalPort<Q> {
  return { name, kind: 'tensor', optional: true };
}

/** A port that takes whole numbers. */
export function indexPort<P extends string>(name: P): RequiredPort<P> {
  return { name, kind: 'index', optional: false };
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * The input ports a node of this operation has, in order, with these attributes and when `connected`
 * ports are in use: an n-ary operation shows every port up to the last connected one.
 */
export function inputPorts(
  operation: Operation,
  attrs: object,
  connected: Iterable<string> = [],
): readonly Port[] {
  if (operation.portsOf) return operation.portsOf(attrs);
  if (!operation.variadic) return operation.ports;
  let count = operation.ports.length;
  for (const name of connected) count = Math.max(count, letters.indexOf(name) + 1);
  return Array.from(
    { length: count },
    (_, index) => operation.ports[index] ?? optionalPort(letters[index] ?? ''),
  );
}

/** The input port of an n-ary operation at that place, from 0. */
export function variadicPort(place: number): string {
  return letters[place] ?? '';
}

/** The free port an n-ary operation offers next, or null: it has none, or all 26 are taken. */
export function nextPort(
  operation: Operation,
  attrs: object,
  connected: Iterable<string>,
): Port | null {
  if (!operation.variadic) return null;
  const name = letters[inputPorts(operation, attrs, connected).length];
  return name === undefined ? null : optionalPort(name);
}

/** The port of that name, also one that an n-ary operation would grow; undefined where there is none. */
export function findPort(operation: Operation, attrs: object, name: string): Port | undefined {
  const fixed = inputPorts(operation, attrs).find((candidate) => candidate.name === name);
  if (fixed || !operation.variadic) return fixed;
  return name.length === 1 && letters.includes(name) ? optionalPort(name) : undefined;
}

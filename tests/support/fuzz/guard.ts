import assert from 'node:assert/strict';

/** No input may keep the process busy for longer, in milliseconds. */
const patience = 2_000;

/** What all objects share: every function, array and plain object looks up its properties there. */
const shared: readonly object[] = [
  ...[Object, Function, Array, String, Number, Boolean, Symbol, BigInt, Date, RegExp, Error],
  ...[Map, Set, WeakMap, Promise, ArrayBuffer, DataView, Uint8Array, Float32Array, Float64Array],
].flatMap((of) => [of, of.prototype]);

const before = shared.map((of) => ({
  of,
  prototype: Object.getPrototypeOf(of) as unknown,
  properties: new Map(
    Reflect.ownKeys(of).map((key) => [key, Object.getOwnPropertyDescriptor(of, key)] as const),
  ),
}));

/** What anybody changed of it since. */
function pollution(): string[] {
  const found: string[] = [];
  for (const { of, prototype, properties } of before) {
    if (Object.getPrototypeOf(of) !== prototype) found.push('a prototype');
    const keys = Reflect.ownKeys(of);
    if (keys.length !== properties.size) found.push(`as many as ${keys.length} properties`);
    for (const key of keys) {
      const [now, then] = [Object.getOwnPropertyDescriptor(of, key), properties.get(key)];
      const same = Object.is(now?.value, then?.value) && now?.get === then?.get;
      if (!same || now?.set !== then?.set) found.push(String(key));
    }
  }
  return found;
}

/** How many inputs there were; other threads may look on. */
export const inputs = new Int32Array(new SharedArrayBuffer(4));

/** All memory of the process, in megabytes: the most that there was after an input. */
export let resident = 0;

/**
 * Runs it and looks that it was quick, by the time that the processor spent on it, whoever else wants it, and that
 * nothing that all objects share was changed.
 */
export async function guarded(task: () => void | Promise<void>): Promise<void> {
  Atomics.add(inputs, 0, 1);
  const start = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(start);
  const spent = (user + system) / 1000;
  assert(spent < patience, `it took ${Math.round(spent)} ms`);
  assert.deepEqual(pollution(), []);
  resident = Math.max(resident, process.memoryUsage.rss() / 2 ** 20);
}

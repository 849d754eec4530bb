/** The recovery copy in a browser: one record in IndexedDB, which holds more than local storage. */

import type { Outcome } from '#bridge';
import type { HostRecovery, RecoveryCopy } from './host.ts';
import { attempt } from './web-files.ts';
import { WEB_STRINGS } from './web-strings.ts';

const STORE = 'copies';
const KEY = 'document';

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open('gradwire-recovery', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return settled(opening);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function withStore<T>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  try {
    return await settled(use(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** A copy of another version of the program, or of another program at this address, is none of ours. */
function asCopy(value: unknown): RecoveryCopy | null {
  if (typeof value !== 'object' || value === null) return null;
  const { text, name, keptAt } = value as Partial<Record<keyof RecoveryCopy, unknown>>;
  if (typeof text !== 'string' || typeof keptAt !== 'number') return null;
  return { text, name: typeof name === 'string' ? name : null, ref: null, keptAt };
}

export function createWebRecovery(): HostRecovery {
  const run = <T>(call: () => Promise<T>): Promise<Outcome<T>> =>
    attempt<T>(WEB_STRINGS.recoveryFailed, undefined, async () => ({
      ok: true,
      value: await call(),
    }));
  return {
    keep: (text, { name }) =>
      run(async () => {
        const copy = { text, name, keptAt: Date.now() };
        await withStore('readwrite', (store) => store.put(copy, KEY));
        return null;
      }),
    load: () => run(async () => asCopy(await withStore('readonly', (store) => store.get(KEY)))),
    discard: () =>
      run(async () => {
        await withStore('readwrite', (store) => store.delete(KEY));
        return null;
      }),
  };
}

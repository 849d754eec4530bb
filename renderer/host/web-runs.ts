/** What is kept of runs in a browser: records and checkpoints in IndexedDB. */

import type { Outcome } from '#bridge';
import type { HostRuns } from './host.ts';
import { attempt } from './web-files.ts';
import { WEB_STRINGS } from './web-strings.ts';

type StoreName = 'records' | 'checkpoints';

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open('gradwire-runs', 1);
  opening.onupgradeneeded = () => {
    for (const name of ['records', 'checkpoints'] satisfies StoreName[]) {
      opening.result.createObjectStore(name);
    }
  };
  return new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/** What the request gave, once all of its transaction is written. */
async function withStore<T>(
  name: StoreName,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(name, mode);
    const request = use(transaction.objectStore(name));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      // Where there is no space left, the request succeeds and its transaction is aborted.
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Throws again, in words, what a browser says where there is no space left. */
async function worded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    throw full ? new Error(WEB_STRINGS.full, { cause: error }) : error;
  }
}

export function createWebRuns(): HostRuns {
  const run = <T>(
    call: () => Promise<T>,
    sentence: (why: string) => string = WEB_STRINGS.runsFailed,
  ): Promise<Outcome<T>> =>
    attempt<T>(sentence, undefined, async () => ({ ok: true, value: await worded(call) }));
  return {
    list: () =>
      run(async () => {
        const all: unknown[] = await withStore('records', 'readonly', (store) => store.getAll());
        return all.filter((record) => typeof record === 'string');
      }),
    keep: (id, record) =>
      run(async () => {
        await withStore('records', 'readwrite', (store) => store.put(record, id));
        return null;
      }),
    keepCheckpoint: (id, bytes) =>
      run(async () => {
        await withStore('checkpoints', 'readwrite', (store) => store.put(bytes, id));
        return null;
      }, WEB_STRINGS.checkpointFailed),
    checkpoint: (id) =>
      run(async () => {
        const found: unknown = await withStore('checkpoints', 'readonly', (store) => store.get(id));
        return found instanceof Uint8Array ? found : null;
      }),
    remove: (id) =>
      run(async () => {
        for (const name of ['checkpoints', 'records'] satisfies StoreName[]) {
          await withStore(name, 'readwrite', (store) => store.delete(id));
        }
        return null;
      }),
    exportCheckpoint: async (bytes, suggestedName) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes]));
      link.download = suggestedName;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      return { ok: true, value: true };
    },
    importCheckpoint: () =>
      attempt(WEB_STRINGS.notOpened, null, async () => {
        const file = await chosenFile();
        if (!file) return { ok: true, value: null };
        const bytes = new Uint8Array(await file.arrayBuffer());
        return { ok: true, value: { name: file.name, bytes } };
      }),
  };
}

/** The file that the person chose; undefined where they chose none. */
function chosenFile(): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.gradwire-checkpoint';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}

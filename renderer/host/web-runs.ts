/** What is kept of runs in a browser: records and checkpoints in IndexedDB. */

import type { Outcome } from '#bridge';
import type { HostRuns } from './host.ts';
import { database } from './web-database.ts';
import { attempt } from './web-files.ts';
import { WEB_STRINGS } from './web-strings.ts';

const stores = ['checkpoints', 'records'] as const;
const { run: withStore } = database('gradwire-runs', stores);

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
        for (const name of stores) {
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

/** Recovery in a browser: one copy for each tab in IndexedDB, which holds more than local storage. */

import type { Outcome, RecoveryCopy, RecoveryId } from '#bridge';
import type { HostRecovery } from './host.ts';
import { database } from './web-database.ts';
import { attempt } from './web-files.ts';
import { WEB_STRINGS } from './web-strings.ts';

/** What a tab is opened with to take over a copy. */
const RESTORE = '#restore=';

const { run: inDatabase } = database('gradwire-recovery', ['copies']);
const withStore = <T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>) =>
  inDatabase('copies', mode, use);

/** A copy of another version of the program, or of another program at this address, is none of ours. */
function asCopy(id: RecoveryId, value: unknown): RecoveryCopy | null {
  if (typeof value !== 'object' || value === null) return null;
  const { text, name, keptAt } = value as Partial<Record<keyof RecoveryCopy, unknown>>;
  if (typeof text !== 'string' || typeof keptAt !== 'number') return null;
  return { id, text, name: typeof name === 'string' ? name : null, ref: null, keptAt };
}

const load = async (id: RecoveryId) =>
  asCopy(id, await withStore<unknown>('readonly', (store) => store.get(id)));

async function loadOrThrow(id: RecoveryId): Promise<RecoveryCopy> {
  const copy = await load(id);
  if (copy === null) throw new Error(WEB_STRINGS.copyGone);
  return copy;
}

const remove = (id: RecoveryId) => withStore('readwrite', (store) => store.delete(id));

const lockOf = (id: RecoveryId) => `gradwire-recovery-${id}`;

/** A tab holds the lock of its copy for as long as it lives: so others know which were left behind. */
function hold(id: RecoveryId): () => void {
  let release: () => void = () => undefined;
  const ended = new Promise<void>((end) => {
    release = end;
  });
  void navigator.locks.request(lockOf(id), () => ended);
  return release;
}

async function leftBehind(): Promise<RecoveryId[]> {
  const keys = await withStore('readonly', (store) => store.getAllKeys());
  const { held = [] } = await navigator.locks.query();
  const living = new Set(held.map(({ name }) => name));
  return keys
    .filter((key): key is string => typeof key === 'string')
    .map((key) => key as RecoveryId)
    .filter((id) => !living.has(lockOf(id)));
}

export function createWebRecovery(): HostRecovery {
  let own = crypto.randomUUID() as string as RecoveryId;
  let release = hold(own);
  const run = <T>(call: () => Promise<T>): Promise<Outcome<T>> =>
    attempt<T>(WEB_STRINGS.recoveryFailed, undefined, async () => ({
      ok: true,
      value: await call(),
    }));
  const asked = location.hash.startsWith(RESTORE) ? location.hash.slice(RESTORE.length) : null;
  if (asked !== null) history.replaceState(null, '', location.pathname + location.search);
  return {
    keep: (text, { name }) =>
      run(async () => {
        const copy = { text, name, keptAt: Date.now() };
        await withStore('readwrite', (store) => store.put(copy, own));
        return null;
      }),
    offers: () =>
      run(async () => {
        // A tab that was opened for one copy leaves the others to the tab that opened it.
        if (asked !== null) return [];
        const copies = await Promise.all((await leftBehind()).map(load));
        return copies
          .filter((copy) => copy !== null)
          .sort((a, b) => b.keptAt - a.keptAt)
          .map(({ id, name, keptAt }) => ({ id, name, keptAt }));
      }),
    read: (id) => run(() => loadOrThrow(id)),
    take: (id) =>
      run(async () => {
        const copy = await loadOrThrow(id);
        await remove(own);
        release();
        own = id;
        release = hold(own);
        return copy;
      }),
    takeElsewhere: (id) =>
      run(async () => {
        window.open(`${location.pathname}${RESTORE}${id}`, '_blank', 'noopener');
        return null;
      }),
    refuse: (id) =>
      run(async () => {
        await remove(id);
        return null;
      }),
    onRestoreRequest: (listener) => {
      if (asked !== null) queueMicrotask(() => listener(asked as RecoveryId));
      return () => undefined;
    },
    discard: () =>
      run(async () => {
        await remove(own);
        return null;
      }),
  };
}

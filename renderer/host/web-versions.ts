/** The last saved versions of each file in a browser, packed, in IndexedDB: beside the desktop's `versions.ts`. */

import type { SavedVersion, VersionId } from '#bridge';
import { database } from './web-database.ts';

/** So many of each file; an older one makes room for the newest. */
const mostVersions = 10;

const { run } = database('gradwire-versions', ['files', 'versions']);

/** A file that versions are kept of: its handle tells it from others; without one, its name. */
export interface VersionedFile {
  readonly name: string;
  readonly handle: FileSystemFileHandle | null;
}

interface KnownFile {
  readonly id: string;
  readonly handle: FileSystemFileHandle;
}

/** By what its versions are found; undefined where none was ever kept. */
async function idOf({ name, handle }: VersionedFile): Promise<string | undefined> {
  if (!handle) return `named ${name}`;
  const known: KnownFile[] = await run('files', 'readonly', (store) => store.getAll());
  for (const file of known) if (await file.handle.isSameEntry(handle)) return file.id;
  return undefined;
}

async function remember(handle: FileSystemFileHandle): Promise<string> {
  const id = crypto.randomUUID();
  await run('files', 'readwrite', (store) => store.put({ id, handle } satisfies KnownFile, id));
  return id;
}

/** All versions of a file, which lie under its id and the time. */
const allOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.MAX_VALUE]);

/** When each was saved, the newest first. */
async function timesOf(id: string): Promise<number[]> {
  const keys = await run('versions', 'readonly', (store) => store.getAllKeys(allOf(id)));
  return keys.map((key) => (Array.isArray(key) ? Number(key[1]) : 0)).reverse();
}

const through = async (bytes: BlobPart, by: CompressionStream | DecompressionStream) =>
  new Response(new Blob([bytes]).stream().pipeThrough(by));

async function textAt(id: string, savedAt: number): Promise<string | null> {
  const found: unknown = await run('versions', 'readonly', (store) => store.get([id, savedAt]));
  if (!(found instanceof ArrayBuffer)) return null;
  return (await through(found, new DecompressionStream('gzip'))).text();
}

/** Keeps the text as the newest version of the file, unless it is that already. */
export async function keepVersion(
  file: VersionedFile,
  text: string,
  savedAt = Date.now(),
): Promise<void> {
  const id = (await idOf(file)) ?? (file.handle ? await remember(file.handle) : '');
  const times = await timesOf(id);
  const [newest] = times;
  if (newest !== undefined && (await textAt(id, newest)) === text) return;
  const packed = await (await through(text, new CompressionStream('gzip'))).arrayBuffer();
  // Two in one millisecond, or with a clock that was set back, keep their order.
  const at = newest === undefined ? savedAt : Math.max(savedAt, newest + 1);
  await run('versions', 'readwrite', (store) => store.put(packed, [id, at]));
  for (const old of times.slice(mostVersions - 1)) {
    await run('versions', 'readwrite', (store) => store.delete([id, old]));
  }
}

/** Newest first. */
export async function versionsOf(file: VersionedFile): Promise<readonly SavedVersion[]> {
  const id = await idOf(file);
  const times = id === undefined ? [] : await timesOf(id);
  return times.map((savedAt) => ({ id: `${savedAt}` as VersionId, savedAt }));
}

/** Null where there is no such version any more. */
export async function versionText(file: VersionedFile, version: VersionId): Promise<string | null> {
  const id = await idOf(file);
  return id === undefined ? null : textAt(id, Number(version));
}

/** Reading and writing whole files so that a crash, a full disk or another program never costs the person data. */

import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readlink, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DesktopError, fileError, isMissing } from './errors.ts';

/** Documents larger than this are refused: they would stall the page. */
export const MAX_DOCUMENT_BYTES = 100 * 1024 * 1024;

/** Tells whether a file still has the content that was last seen here. */
export interface Stamp {
  readonly inode: bigint;
  readonly size: bigint;
  readonly modified: bigint;
  /** SHA-256 of the content, so that a mere `touch` is no change. */
  readonly hash: string;
}

export interface TextFile {
  readonly text: string;
  readonly stamp: Stamp;
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / (1024 * 1024))} MB`;
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function stampOf(handle: FileHandle, hash: string): Promise<Stamp> {
  const info = await handle.stat({ bigint: true });
  return { inode: info.ino, size: info.size, modified: info.mtimeNs, hash };
}

function tooLarge(name: string, limit: number, size?: number): DesktopError {
  const has = size === undefined ? `more than ${megabytes(limit)}` : megabytes(size);
  return new DesktopError(
    'too-large',
    `“${name}” could not be opened: it has ${has}, and Gradwire opens documents of up to ${megabytes(limit)}.`,
  );
}

/** Reads at most `limit` bytes; a file that grows meanwhile, or lies about its size, is refused all the same. */
async function readBytes(handle: FileHandle, name: string, limit: number): Promise<Buffer> {
  const info = await handle.stat();
  if (info.isDirectory()) {
    throw new DesktopError('not-a-file', `“${name}” could not be opened: it is a folder.`);
  }
  if (!info.isFile()) {
    throw new DesktopError('not-a-file', `“${name}” could not be opened: it is not a plain file.`);
  }
  if (info.size > limit) throw tooLarge(name, limit, info.size);
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.min(1 << 20, limit + 1 - total));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    total += bytesRead;
    if (total > limit) throw tooLarge(name, limit);
    chunks.push(chunk.subarray(0, bytesRead));
  }
}

/**
 * Reads a UTF-8 text file (a byte order mark is dropped).
 * @throws DesktopError naming the file: missing, no permission, a folder, empty, too large, not text
 */
export async function readTextFile(path: string, limit = MAX_DOCUMENT_BYTES): Promise<TextFile> {
  const name = basename(path);
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const bytes = await readBytes(handle, name, limit);
    if (bytes.length === 0) {
      throw new DesktopError('empty', `“${name}” could not be opened: the file is empty.`);
    }
    return { text: decode(bytes, name), stamp: await stampOf(handle, hashOf(bytes)) };
  } catch (error) {
    throw fileError(error, name, 'opened');
  } finally {
    await handle?.close();
  }
}

/**
 * Reads a file of another program.
 * @throws DesktopError naming the file: missing, no permission, a folder, too large
 */
export async function readBinaryFile(path: string): Promise<Uint8Array> {
  const name = basename(path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return await readBytes(handle, name, MAX_DOCUMENT_BYTES);
  } catch (error) {
    throw fileError(error, name, 'opened');
  } finally {
    await handle?.close();
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DesktopError('not-text', `“${name}” could not be opened: it is not a text file.`, {
      cause: error,
    });
  }
}

/**
 * Tells the change by which somebody else's file differs from what was seen, the same one by the same words; null
 * where it is as it was. A file that is gone has nothing that could be lost.
 * @param verb what the file is looked at for, as in "saved"
 */
export async function changeSince(
  path: string,
  seen: Pick<Stamp, 'hash'> & Partial<Stamp>,
  verb: string,
): Promise<string | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const info = await handle.stat({ bigint: true });
    if (info.ino === seen.inode && info.size === seen.size && info.mtimeNs === seen.modified) {
      return null;
    }
    if (!info.isFile() || info.size > BigInt(MAX_DOCUMENT_BYTES)) return `${info.mtimeNs}`;
    const hash = hashOf(await handle.readFile());
    return hash === seen.hash ? null : hash;
  } catch (error) {
    if (isMissing(error)) return null;
    throw fileError(error, basename(path), verb);
  } finally {
    await handle?.close();
  }
}

/** Follows links to the file that is really meant, also where that file does not exist yet. */
export async function targetOf(path: string, depth = 0): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error) || depth > 40) throw error;
  }
  const link = await readlink(path).catch(() => null);
  if (link !== null) return targetOf(resolve(dirname(path), link), depth + 1);
  return join(await realpath(dirname(path)), basename(path));
}

/** After a rename only a synchronized folder is sure to show the new file after a power cut. */
async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders, and keeps its directory in a journal of its own.
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch {
    // Some network disks cannot; the file itself is written and renamed by now.
  } finally {
    await handle.close();
  }
}

async function replaceFile(target: string, bytes: Uint8Array, mode: number): Promise<Stamp> {
  const folder = dirname(target);
  const temporary = join(
    folder,
    `.${basename(target).slice(0, 200)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  const before = await stat(target).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (before && !before.isFile()) {
    throw Object.assign(new Error('not a plain file'), { code: 'EISDIR' });
  }
  // A file that may not be written keeps its content, although its folder would allow to replace it.
  if (before) await (await open(target, 'r+')).close();
  const handle = await open(temporary, 'wx', before ? before.mode & 0o7777 : mode);
  try {
    let stamp: Stamp;
    try {
      await handle.writeFile(bytes);
      if (before) await copyOwnership(handle, before);
      await handle.sync();
      stamp = await stampOf(handle, hashOf(bytes));
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
    await syncFolder(folder);
    return stamp;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

async function copyOwnership(
  handle: FileHandle,
  before: { readonly uid: number; readonly gid: number; readonly mode: number },
): Promise<void> {
  if (process.platform === 'win32') return;
  const now = await handle.stat();
  if (now.uid !== before.uid || now.gid !== before.gid) {
    // Only root may give files away; for anyone else the saved file is theirs, as after any other editor.
    await handle.chown(before.uid, before.gid).catch(() => undefined);
  }
  await handle.chmod(before.mode & 0o7777);
}

/** Saves to one file come one after the other, in the order they were asked for. */
const queues = new Map<string, Promise<unknown>>();

/** Runs the task when all earlier ones for the same file are done, however they ended. */
export async function inTurn<T>(path: string, task: () => Promise<T>): Promise<T> {
  const key = resolve(path);
  const earlier = queues.get(key) ?? Promise.resolve();
  const mine = earlier.catch(() => undefined).then(task);
  queues.set(key, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(key) === mine) queues.delete(key);
  }
}

/**
 * Writes a file as a whole or not at all: a temporary file beside the target, synchronized, then renamed over it.
 * Keeps permissions and owner; a symbolic link stays one and its target is replaced. Call it within `inTurn`.
 * @param content text is written as UTF-8
 * @param mode permissions of a file that is new
 * @throws DesktopError naming the file
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  mode = 0o666,
): Promise<Stamp> {
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    return await replaceFile(await targetOf(path), bytes, mode);
  } catch (error) {
    throw fileError(error, basename(path), 'saved');
  }
}

/** The last saved versions of each document, kept aside in the app's own folder, never beside the person's file. */

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { VersionId } from './contract.ts';
import { inTurn, MAX_DOCUMENT_BYTES, targetOf, writeWhole } from './disk.ts';
import { DesktopError, fileError, isMissing } from './errors.ts';

/** So many of each document; an older one makes room for the newest. */
export const MOST_VERSIONS = 10;

const compress = promisify(gzip);
const expand = promisify(gunzip);

export interface Version {
  readonly id: VersionId;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** When it was saved and the beginning of its content's hash; fifteen digits, so that names sort by time. */
const NAME = /^(\d{15})-([0-9a-f]{16})\.gz$/;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

export class Versions {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps the text as the newest version of the document at `path`, unless it is that already. */
  async keep(path: string, text: string, savedAt = Date.now()): Promise<void> {
    const folder = await this.#folderOf(path);
    await inTurn(folder, async () => {
      const known = await namesIn(folder);
      const hash = hashOf(text);
      if (known[0]?.includes(hash)) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${String(Math.round(savedAt)).padStart(15, '0')}-${hash}.gz`;
      await writeWhole(join(folder, name), await compress(text, { level: 1 }), 0o600);
      for (const old of [name, ...known].sort().reverse().slice(MOST_VERSIONS)) {
        await unlink(join(folder, old)).catch(() => undefined);
      }
    });
  }

  /** Newest first. */
  async list(path: string): Promise<readonly Version[]> {
    const names = await namesIn(await this.#folderOf(path));
    return names.map((name) => ({
      id: name.replace('.gz', '') as VersionId,
      savedAt: Number(name.slice(0, 15)),
    }));
  }

  /** @throws DesktopError where there is no such version, or it is damaged */
  async read(path: string, id: VersionId): Promise<string> {
    const name = `${id}.gz`;
    const file = join(await this.#folderOf(path), name);
    try {
      if (!NAME.test(name)) throw Object.assign(new Error('no such version'), { code: 'ENOENT' });
      const bytes = await expand(await readFile(file), { maxOutputLength: MAX_DOCUMENT_BYTES });
      const text = bytes.toString('utf8');
      if (name.includes(hashOf(text))) return text;
    } catch (error) {
      if (isMissing(error)) throw fileError(error, basename(path), 'opened in this version');
    }
    throw new DesktopError('io', `This version of “${basename(path)}” is damaged.`);
  }

  async #folderOf(path: string): Promise<string> {
    const target = await targetOf(path).catch(() => path);
    return join(this.#folder, createHash('sha256').update(target).digest('hex').slice(0, 32));
  }
}

/** Newest first; a folder that is not there yet holds none. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
}

/** The documents on disk that pages may read and write: references stand for paths, which never leave main. */

import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { FileRef, OpenedFile } from './contract.ts';
import { changedSince, inTurn, readTextFile, type Stamp, writeTextFile } from './disk.ts';
import { DesktopError } from './errors.ts';

type Seen = Pick<Stamp, 'hash'> & Partial<Stamp>;

interface Entry {
  readonly path: string;
  /** What was last read or written here; unknown before that. */
  seen?: Seen;
}

export interface Origin {
  readonly path: string;
  /** SHA-256 of the content last seen on disk. */
  readonly hash?: string;
}

export class Documents {
  readonly #entries = new Map<FileRef, Entry>();
  readonly #refs = new Map<string, FileRef>();

  /** The reference for a path; the same path always gets the same one. */
  refer(path: string): { ref: FileRef; name: string } {
    const absolute = resolve(path);
    const known = this.#refs.get(absolute);
    if (known !== undefined) return { ref: known, name: basename(absolute) };
    const ref = randomUUID() as string as FileRef;
    this.#refs.set(absolute, ref);
    this.#entries.set(ref, { path: absolute });
    return { ref, name: basename(absolute) };
  }

  /** A reference for the file a recovered document came from, with the content it was based on. */
  restore(origin: Origin): FileRef {
    const { ref } = this.refer(origin.path);
    const entry = this.#entry(ref);
    if (origin.hash !== undefined) entry.seen ??= { hash: origin.hash };
    return ref;
  }

  /** Where a document lives; for main only. */
  origin(ref: FileRef): Origin {
    const { path, seen } = this.#entry(ref);
    return seen === undefined ? { path } : { path, hash: seen.hash };
  }

  /** @throws DesktopError with a sentence that names the file */
  async read(ref: FileRef): Promise<OpenedFile> {
    const entry = this.#entry(ref);
    return inTurn(entry.path, async () => {
      const { text, stamp } = await readTextFile(entry.path);
      entry.seen = stamp;
      return { ref, name: basename(entry.path), text };
    });
  }

  /**
   * Writes the document; false where somebody else changed the file since it was last seen, and nothing was written.
   * @param overwrite write in any case
   */
  async write(ref: FileRef, text: string, overwrite: boolean): Promise<boolean> {
    const entry = this.#entry(ref);
    return inTurn(entry.path, async () => {
      if (!overwrite && entry.seen && (await changedSince(entry.path, entry.seen))) return false;
      entry.seen = await writeTextFile(entry.path, text);
      return true;
    });
  }

  #entry(ref: FileRef): Entry {
    const entry = this.#entries.get(ref);
    if (entry) return entry;
    throw new DesktopError(
      'bad-request',
      'The file is not known in this session; open or save it through the dialog again.',
    );
  }
}

/** The documents on disk that pages may read and write: references stand for paths, which never leave main. */

import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { FileRef, OpenedFile, VersionId } from './contract.ts';
import { changeSince, inTurn, readTextFile, type Stamp, targetOf, writeWhole } from './disk.ts';
import { DesktopError } from './errors.ts';
import type { Version, Versions } from './versions.ts';

type Seen = Pick<Stamp, 'hash'> & Partial<Stamp>;

interface Entry {
  readonly path: string;
  /** What was last read or written here; unknown before that. */
  seen?: Seen;
}

export interface Origin {
  readonly path: string;
  /** SHA-256 of the content last seen on disk. */
  readonly hash?: string | undefined;
}

export class Documents {
  readonly #entries = new Map<FileRef, Entry>();
  readonly #refs = new Map<string, FileRef>();
  readonly #versions: Versions;

  constructor(versions: Versions) {
    this.#versions = versions;
  }

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

  /** Whether two references mean one file, by whatever links. */
  async isSame(a: FileRef, b: FileRef): Promise<boolean> {
    if (a === b) return true;
    const [one, other] = await Promise.all(
      [a, b].map((ref) => targetOf(this.#entry(ref).path).catch(() => this.#entry(ref).path)),
    );
    return one === other;
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
   * Writes the document, and keeps what was there and what is there now among its versions; false where somebody else
   * changed the file since it was last seen, and nothing was written.
   * @param overwrite write in any case
   */
  async write(ref: FileRef, text: string, overwrite: boolean): Promise<boolean> {
    const entry = this.#entry(ref);
    const { path } = entry;
    return inTurn(path, async () => {
      if (!overwrite && entry.seen && (await changeSince(path, entry.seen, 'saved'))) return false;
      await this.#keepVersion(path);
      entry.seen = await writeWhole(path, text);
      await this.#keepVersion(path, text);
      return true;
    });
  }

  /** Tells a change by another program, the same one by the same words; null where there is none. */
  async change(ref: FileRef): Promise<string | null> {
    const { path, seen } = this.#entry(ref);
    return seen === undefined ? null : inTurn(path, () => changeSince(path, seen, 'read'));
  }

  /** Newest first. */
  versions(ref: FileRef): Promise<readonly Version[]> {
    return this.#versions.list(this.#entry(ref).path);
  }

  /** @throws DesktopError where there is no such version, or it is damaged */
  version(ref: FileRef, id: VersionId): Promise<string> {
    return this.#versions.read(this.#entry(ref).path, id);
  }

  /** Saving must not fail because of what is only kept besides: on a full disk there is one version less. */
  async #keepVersion(path: string, text?: string): Promise<void> {
    try {
      if (text !== undefined) return await this.#versions.keep(path, text);
      const [{ text: before }, { mtimeMs }] = await Promise.all([readTextFile(path), stat(path)]);
      await this.#versions.keep(path, before, mtimeMs);
    } catch {
      // As said above.
    }
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

/** Recovery copies: one file for each editor window, in the app's own folder, written as safely as a document. */

import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { checks } from './checks.ts';
import type { RecoveryId } from './contract.ts';
import { inTurn, writeWhole } from './disk.ts';
import { DesktopError, fileError, isMissing } from './errors.ts';
import type { copyHeader } from './schemas.ts';

export type CopyHeader = Omit<z.output<typeof copyHeader>, 'version'>;

export interface KeptCopy extends CopyHeader {
  readonly text: string;
}

/** Readable by its owner alone: the copy's folder may be less private than the document's. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

const ENDING = '.copy';
/** A header holds a name and a path, hardly more. */
const LONGEST_HEADER = 64 * 1024;

/** All copies of this folder of user data. Each belongs to one window at a time. */
export class Recovery {
  readonly #folder: string;
  /** Left by sessions that ended without settling them, until somebody takes or refuses them. */
  readonly #left = new Map<RecoveryId, CopyHeader>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Looks for what earlier sessions left; before the first window keeps a copy. */
  async load(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((each) => each.endsWith(ENDING))) {
      const id = name.slice(0, -ENDING.length) as RecoveryId;
      // One that cannot be read, or is still empty, is none; it stays where it is, for hands that know more.
      const header = await readHeader(join(this.#folder, name)).catch(() => null);
      if (header !== null) this.#left.set(id, header);
    }
  }

  /** Newest first. */
  get left(): readonly (CopyHeader & { readonly id: RecoveryId })[] {
    return [...this.#left]
      .map(([id, header]) => ({ id, ...header }))
      .sort((a, b) => b.keptAt - a.keptAt);
  }

  isLeft(id: RecoveryId): boolean {
    return this.#left.has(id);
  }

  /** A window's own copy, from now on: an earlier one's where it has an id, else a new one. */
  slot(id = randomUUID() as string as RecoveryId): RecoverySlot {
    this.#left.delete(id);
    return new RecoverySlot(this.#folder, id);
  }

  /** Takes a copy from its window, whose page is gone; it is left from then on. */
  leave(slot: RecoverySlot, header: CopyHeader): void {
    this.#left.set(slot.id, header);
  }

  /** Reads one that was left, which stays left. */
  read(id: RecoveryId): Promise<KeptCopy | null> {
    return this.#left.has(id) ? new RecoverySlot(this.#folder, id).load() : Promise.resolve(null);
  }

  /** Throws one away that was left. */
  async refuse(id: RecoveryId): Promise<void> {
    if (this.#left.delete(id)) await new RecoverySlot(this.#folder, id).discard();
  }
}

export class RecoverySlot {
  readonly id: RecoveryId;
  readonly #folder: string;
  readonly #path: string;

  constructor(folder: string, id: RecoveryId) {
    this.id = id;
    this.#folder = folder;
    this.#path = join(folder, `${id}${ENDING}`);
  }

  async keep({ text, ...header }: KeptCopy): Promise<void> {
    await inTurn(this.#path, async () => {
      await mkdir(this.#folder, { recursive: true, mode: PRIVATE_FOLDER });
      const first = JSON.stringify({ version: 2, ...header });
      await writeWhole(this.#path, `${first}\n${text}`, PRIVATE_FILE);
    });
  }

  /**
   * The copy, or null where there is none.
   * @throws DesktopError where there is one but it cannot be read; it is then moved aside, never deleted
   */
  async load(): Promise<KeptCopy | null> {
    return inTurn(this.#path, async () => {
      let content: string;
      try {
        content = await readFile(this.#path, 'utf8');
      } catch (error) {
        if (isMissing(error)) return null;
        throw fileError(error, basename(this.#path), 'read');
      }
      const end = content.indexOf('\n');
      const header = await parseHeader(content.slice(0, Math.max(end, 0)));
      if (header !== null) return { ...header, text: content.slice(end + 1) };
      const aside = `${this.#path}.damaged`;
      await rename(this.#path, aside);
      throw new DesktopError(
        'io',
        `The recovery copy of an earlier session is damaged; it was kept as “${basename(aside)}”.`,
      );
    });
  }

  async discard(): Promise<void> {
    await inTurn(this.#path, async () => {
      try {
        await unlink(this.#path);
      } catch (error) {
        if (!isMissing(error)) throw fileError(error, basename(this.#path), 'deleted');
      }
    });
  }
}

async function readHeader(path: string): Promise<CopyHeader | null> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(LONGEST_HEADER),
      0,
      LONGEST_HEADER,
    );
    const text = buffer.toString('utf8', 0, bytesRead);
    return await parseHeader(text.slice(0, Math.max(text.indexOf('\n'), 0)));
  } finally {
    await handle.close();
  }
}

async function parseHeader(line: string): Promise<CopyHeader | null> {
  try {
    const { copyHeader } = await checks();
    const { version: _, ...header } = copyHeader.parse(JSON.parse(line));
    return header;
  } catch {
    return null;
  }
}

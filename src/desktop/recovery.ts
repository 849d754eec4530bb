/** Recovery copies: one file for each editor window, in the app's own folder, written as safely as a document. */

import { mkdir, readFile, rename, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { inTurn, writeTextFile } from './disk.ts';
import type { Origin } from './documents.ts';
import { DesktopError, fileError, isMissing } from './errors.ts';

const copySchema = z.object({
  version: z.literal(1),
  text: z.string(),
  name: z.string().nullable(),
  origin: z.object({ path: z.string(), hash: z.string().optional() }).nullable(),
  keptAt: z.number(),
});

export interface KeptCopy {
  readonly text: string;
  readonly name: string | null;
  readonly origin: Origin | null;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

/** Readable by its owner alone: the copy's folder may be less private than the document's. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

export class RecoverySlot {
  readonly #folder: string;
  readonly #path: string;

  /** @param slot number of the window, so that a later session's window with this number finds the copy */
  constructor(folder: string, slot: number) {
    this.#folder = folder;
    this.#path = join(folder, `window-${slot}.json`);
  }

  async keep(copy: KeptCopy): Promise<void> {
    await inTurn(this.#path, async () => {
      await mkdir(this.#folder, { recursive: true, mode: PRIVATE_FOLDER });
      await writeTextFile(this.#path, JSON.stringify({ version: 1, ...copy }), PRIVATE_FILE);
    });
  }

  /**
   * The copy that was left behind, or null.
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
      const parsed = copySchema.safeParse(parseJson(content));
      if (parsed.success) return parsed.data;
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

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** What is kept of training runs: a record of each, and its last checkpoint, in the app's own folder. */

import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn, writeWhole } from './disk.ts';
import { DesktopError, fileError, isMissing } from './errors.ts';

/** Readable by its owner alone, like recovery copies. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** A record is small; what is larger is none. */
export const MAX_RECORD_BYTES = 4 * 1024 * 1024;

const RECORD = '.json';
const CHECKPOINT = '.checkpoint';

export class Runs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** All records, as they were kept. What cannot be read is left out: there may be others that can. */
  async list(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw fileError(error, 'runs', 'read');
    });
    const records: string[] = [];
    for (const name of names.filter((name) => name.endsWith(RECORD))) {
      const path = join(this.#folder, name);
      const { size } = await stat(path).catch(() => ({ size: Number.POSITIVE_INFINITY }));
      if (size > MAX_RECORD_BYTES) continue;
      const text = await readFile(path, 'utf8').catch(() => undefined);
      if (text !== undefined) records.push(text);
    }
    return records;
  }

  keep(id: string, record: string): Promise<void> {
    return this.#write(id + RECORD, record, 'The run could not be kept');
  }

  keepCheckpoint(id: string, bytes: Uint8Array): Promise<void> {
    return this.#write(id + CHECKPOINT, bytes, 'The checkpoint could not be kept');
  }

  /** Null where there is none. */
  checkpoint(id: string): Promise<Uint8Array | null> {
    const path = join(this.#folder, id + CHECKPOINT);
    return inTurn(path, async () => {
      try {
        return await readFile(path);
      } catch (error) {
        if (isMissing(error)) return null;
        throw fileError(error, 'checkpoint', 'read');
      }
    });
  }

  async remove(id: string): Promise<void> {
    for (const ending of [CHECKPOINT, RECORD]) {
      const path = join(this.#folder, id + ending);
      await inTurn(path, async () => {
        try {
          await unlink(path);
        } catch (error) {
          if (!isMissing(error)) throw fileError(error, 'run', 'deleted');
        }
      });
    }
  }

  async #write(name: string, content: string | Uint8Array, sentence: string): Promise<void> {
    const path = join(this.#folder, name);
    await inTurn(path, async () => {
      try {
        await mkdir(this.#folder, { recursive: true, mode: PRIVATE_FOLDER });
        await writeWhole(path, content, PRIVATE_FILE);
      } catch (error) {
        // The file's own name means nothing to a person.
        const { code, message } = fileError(error, name, 'saved');
        const why = message.replace(/^“[^”]*” could not be saved: /, '');
        throw new DesktopError(code, `${sentence}: ${why}`, { cause: error });
      }
    });
  }
}

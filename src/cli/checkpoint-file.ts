import { readFile } from 'node:fs/promises';
import { type Checkpoint, decodeCheckpoint } from '#train';
import { UsageError } from './io.ts';
import { reasonOf, writeWhole } from './whole-file.ts';

/** Writes checkpoints to a file, the newest after the one that is being written. */
export class CheckpointFile {
  readonly #path: string;
  readonly #failed: (reason: string) => void;
  #next: Kept | undefined;
  #writing: Promise<void> | undefined;
  #reason: string | undefined;
  /** The step of the checkpoint that the file holds. */
  step: number | undefined;

  /** @param failed told why a checkpoint could not be written, once for each reason in a row */
  constructor(path: string, failed: (reason: string) => void) {
    this.#path = path;
    this.#failed = failed;
  }

  put(kept: Kept): void {
    this.#next = kept;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** When all is written. False where the last one could not be. */
  async settled(): Promise<boolean> {
    await this.#writing;
    return this.#reason === undefined;
  }

  async #write(): Promise<void> {
    for (let kept = this.#next; kept; kept = this.#next) {
      this.#next = undefined;
      try {
        await writeWhole(this.#path, kept.bytes);
        this.step = kept.step;
        this.#reason = undefined;
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== this.#reason) this.#failed(reason);
        this.#reason = reason;
      }
    }
  }
}

interface Kept {
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** Throws `UsageError` where the file cannot be read, and `TrainingError` where it is no checkpoint. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch {
    throw new UsageError(`The checkpoint ${path} cannot be read.`);
  }
  return decodeCheckpoint(bytes);
}

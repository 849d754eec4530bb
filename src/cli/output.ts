import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type CommandIo, UsageError } from './io.ts';
import { reasonOf, writeWhole } from './whole-file.ts';

/** What `--json` prints of something that is written to a file. */
export const writtenJson = 'with --out: {"file", "out", "bytes"}, or {"error"} (nothing)';

export interface Target {
  /** What it was made from; undefined where that is no file. */
  readonly file: string | undefined;
  readonly format?: string;
  /** Where it goes; standard output without it, or with `-`. */
  readonly out: string | undefined;
  /** Whether to tell of it in a line of JSON. */
  readonly json: boolean;
}

/**
 * Puts a result where it was asked for: into a file, whole or not at all, or on standard output.
 * Throws one sentence where it cannot be written.
 */
export async function putOut(
  content: string | Uint8Array,
  { file, format, out: path, json }: Target,
  io: CommandIo,
): Promise<void> {
  if (path === undefined || path === '-') {
    if (json) throw new UsageError('--json needs --out PATH: standard output is for one of both.');
    if (typeof content === 'string') io.out(content.replace(/\r?\n$/, ''));
    else if (process.stdout.isTTY) {
      throw new UsageError('This is no text for a terminal: name a file with --out.');
    } else process.stdout.write(content);
    return;
  }
  if (existsSync(path) && !(await stat(path)).isFile()) {
    throw new UsageError(`${path} is not a file.`);
  }
  try {
    await writeWhole(path, content);
  } catch (error) {
    throw new UsageError(`The file ${path} cannot be written: ${reasonOf(error)}.`);
  }
  if (!json) return;
  const bytes = Buffer.byteLength(content);
  io.out(JSON.stringify({ file, format, out: path, bytes }));
}

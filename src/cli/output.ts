import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type CommandIo, UsageError } from './io.ts';
import { reasonOf, writeWhole } from './whole-file.ts';

/**
 * Puts a result where it was asked for: into a file, whole or not at all, or on standard output (no path, or `-`).
 * Throws one sentence where it cannot be written.
 */
export async function putOut(
  content: string | Uint8Array,
  path: string | undefined,
  io: CommandIo,
): Promise<void> {
  if (path === undefined || path === '-') {
    if (typeof content === 'string') io.out(content.replace(/\r?\n$/, ''));
    else process.stdout.write(content);
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
}

import { GraphError } from '#graph';

/** Where a command reads from and writes to, so that tests can stand in for the terminal. */
export interface CommandIo {
  /** One line to standard output. */
  out(line: string): void;
  /** One line to standard error. */
  err(line: string): void;
}

/** Exit statuses: all is well; a comparison failed; something could not be done. */
export const exitStatus = { ok: 0, mismatch: 1, error: 2 } as const;

/** A command that was called wrongly. `message` says how to call it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * The sentence of whatever was thrown, on one line: names in a document may hold anything, line
 * breaks and a terminal's control characters too. A node that it speaks of by its title only is named.
 */
export function sentence(error: unknown): string {
  const said = oneLine(error instanceof Error ? error.message : String(error));
  if (said.endsWith('?')) return said;
  const plain = said.replace(/[.…]$/, '');
  if (!(error instanceof GraphError) || error.node === undefined) return `${plain}.`;
  const id = oneLine(error.node);
  return plain.includes(`“${id}”`) ? `${plain}.` : `${plain} (node “${id}”).`;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

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

/** The sentence of whatever was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { Column } from './data-set.ts';

export type DataErrorCode =
  | 'not-found'
  | 'damaged'
  | 'mismatch'
  | 'unknown-format'
  | 'too-large'
  | 'bad-setting';

/** Data that cannot be used. `message` is one sentence that names the file, or the setting, and the place in it. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code: DataErrorCode;
  /** Of a table that was read as far as that: its columns, the type of one of which may be at fault. */
  readonly columns: readonly Column[] | undefined;

  constructor(code: DataErrorCode, message: string, columns?: readonly Column[]) {
    super(message);
    this.code = code;
    this.columns = columns;
  }
}

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

  constructor(code: DataErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

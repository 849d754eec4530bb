export type TensorErrorCode =
  | 'size-mismatch'
  | 'ragged'
  | 'cannot-broadcast'
  | 'bad-shape'
  | 'bad-axis'
  | 'no-kernel'
  | 'no-engine'
  | 'no-memory'
  | 'lost'
  | 'failed'
  | 'too-large';

/** A tensor operation that cannot be carried out. `message` is one sentence for the person. */
export class TensorError extends Error {
  override readonly name = 'TensorError';
  readonly code: TensorErrorCode;

  constructor(code: TensorErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

import type { NodeId, WireId } from './document.ts';

export type GraphErrorCode =
  | 'not-json'
  | 'not-a-document'
  | 'newer-version'
  | 'too-large'
  | 'damaged'
  | 'bad-edit'
  | 'cycle'
  | 'missing-input'
  | 'missing-value'
  | 'bad-attribute'
  | 'shape'
  | 'no-loss'
  | 'loss-not-scalar'
  | 'unknown-operation'
  | 'batch-mismatch'
  | 'cannot-expand'
  | 'cannot-collapse'
  | 'no-replicas';

/** A sentence is no longer, whatever a file put into it. */
const longest = 400;

/** Something is wrong with a document or a part of it. `message` is one sentence that names the place. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: GraphErrorCode;
  readonly node: NodeId | undefined;
  readonly wire: WireId | undefined;

  constructor(
    code: GraphErrorCode,
    message: string,
    place: { readonly node?: NodeId | undefined; readonly wire?: WireId | undefined } = {},
    cause?: GraphError,
  ) {
    super(message.length > longest ? `${message.slice(0, longest - 1)}…` : message, { cause });
    this.code = code;
    this.node = place.node;
    this.wire = place.wire;
  }
}

import type { NodeId } from '#graph';

export type TrainingErrorCode =
  | 'no-loss'
  | 'bad-graph'
  | 'no-parameters'
  | 'no-field'
  | 'bad-field'
  | 'no-engine'
  | 'check-failed'
  | 'not-finite';

/** Why a graph is not, or no longer, trained. `message` is one sentence that names the node. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly code: TrainingErrorCode;
  readonly node: NodeId | undefined;

  constructor(code: TrainingErrorCode, message: string, node?: NodeId) {
    super(message);
    this.code = code;
    this.node = node;
  }
}

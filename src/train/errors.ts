import { DataError } from '#data';
import { GraphError, type NodeId } from '#graph';
import { TensorError } from '#tensor';

export type TrainingErrorCode =
  | 'no-loss'
  | 'bad-graph'
  | 'no-parameters'
  | 'no-field'
  | 'bad-field'
  | 'no-engine'
  | 'check-failed'
  | 'not-finite'
  | 'bad-checkpoint';

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

/** The sentence for whatever ended a run, and the node concerned. */
export function describeFailure(error: unknown): {
  readonly message: string;
  readonly node?: NodeId;
} {
  if (error instanceof TrainingError || error instanceof GraphError) {
    const { message, node } = error;
    return node === undefined ? { message } : { message, node };
  }
  if (error instanceof DataError || error instanceof TensorError) return { message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { message: `Training ended because of an error in the program: ${reason}.` };
}

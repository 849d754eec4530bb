import { TriangleAlert } from 'lucide-react';
import type { GraphError } from '#graph';

/** A node that is not finished yet is no reason for alarm; one that cannot be right is. */
export function errorKind({ code }: GraphError): 'incomplete' | 'wrong' {
  return code === 'missing-input' || code === 'missing-value' ? 'incomplete' : 'wrong';
}

/** What is wrong with a node, at the node: a mark that opens into the sentence. */
export function NodeError({ error }: { readonly error: GraphError }) {
  const { message } = error;
  return (
    <div className="node-error nodrag" data-kind={errorKind(error)}>
      <button type="button" className="node-error-mark" aria-label={message}>
        <TriangleAlert size={14} aria-hidden="true" />
      </button>
      <span className="node-error-text" aria-hidden="true">
        {message}
      </span>
    </div>
  );
}

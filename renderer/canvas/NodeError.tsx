import { TriangleAlert } from 'lucide-react';

/** What is wrong with a node, at the node: a mark that opens into the sentence. */
export function NodeError({ message }: { readonly message: string }) {
  return (
    <div className="node-error nodrag">
      <button type="button" className="node-error-mark" aria-label={message}>
        <TriangleAlert size={14} aria-hidden="true" />
      </button>
      <span className="node-error-text" aria-hidden="true">
        {message}
      </span>
    </div>
  );
}

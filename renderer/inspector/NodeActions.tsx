import { useState } from 'react';
import { graphToText } from '#formula';
import { expandRefusal, type GraphNode } from '#graph';
import { ExpressionError, expansionOf } from '#ops';
import { expandNodeOf, useEditor, useServices } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';
import { copyText } from '../ui/copy-text.ts';

/** What can be done with a node as a whole: expand it, copy what it computes as text. */
export function NodeActions({ node }: { readonly node: GraphNode }) {
  const { store } = useServices();
  const document = useEditor(({ trace }) => trace.document);
  const registry = useEditor((state) => state.registry);
  const composite = expansionOf(node.op) !== undefined;
  const refused = composite ? expandRefusal(document, registry, node.id) : null;
  const [said, setSaid] = useState('');
  const copy = () => {
    try {
      const copied = copyText(graphToText(document, node.id));
      setSaid(copied ? insight.formula.copied : insight.formula.copyFailed);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      setSaid(error.message);
    }
  };
  return (
    <section className="inspector-section">
      <div className="actions">
        {composite && (
          <button
            type="button"
            className="button"
            title={insight.composites.expandHint}
            disabled={refused !== null}
            onClick={() => expandNodeOf(store, node.id)}
          >
            {insight.composites.expand}
          </button>
        )}
        <button type="button" className="button" onClick={copy}>
          {insight.formula.copy}
        </button>
      </div>
      {refused && <p className="field-problem">{refused.message}</p>}
      {said && <output className="quiet-text">{said}</output>}
    </section>
  );
}

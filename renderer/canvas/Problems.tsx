import { useReactFlow } from '@xyflow/react';
import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { indexOf } from '#graph';
import { awaitsData, useEditorShallow, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';

/** What keeps the graph from being computed, one sentence at a time; a click goes to the place. */
export function Problems() {
  const { store } = useServices();
  const errors = useEditorShallow(({ trace, editor }) => {
    const { nodes } = indexOf(editor.document);
    return trace.errors.filter((error) => !awaitsData(error.node && nodes.get(error.node), error));
  });
  const [last, setLast] = useState(-1);
  const { fitView } = useReactFlow();
  const [first] = errors;
  if (!first) return null;
  const shown = errors[last] ?? first;
  const next = () => {
    const at = (last + 1) % errors.length;
    setLast(at);
    const node = errors[at]?.node;
    if (!node) return;
    store.getState().selectNode(node);
    void fitView({ nodes: [{ id: node }], maxZoom: 1, minZoom: 0.6, duration: 200 });
  };
  return (
    <button type="button" className="problems" title={strings.canvas.next} onClick={next}>
      <TriangleAlert size={15} aria-hidden="true" />
      {errors.length > 1 && (
        <span className="problems-count">{strings.canvas.problems(errors.length)}</span>
      )}
      <span className="problems-text">{shown.message}</span>
      <ChevronRight size={15} aria-hidden="true" />
    </button>
  );
}

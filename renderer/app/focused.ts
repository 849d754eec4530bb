import { wireId } from '#graph';
import { nodesDrawn } from '../canvas/index.ts';
import type { EditorApi } from '../store/index.ts';

/** Selects the node or wire that has the focus. */
export function selectFocused(store: EditorApi): void {
  const { selectWire, select, trace } = store.getState();
  const part = document.activeElement?.closest('.react-flow__edge, .react-flow__node');
  const id = part?.getAttribute('data-id');
  if (!part || !id) return;
  if (part.classList.contains('react-flow__edge')) selectWire(wireId(id));
  else select({ nodes: new Set(nodesDrawn(trace.document, id)) });
}

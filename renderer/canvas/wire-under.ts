import { GraphError, indexOf, type NodeId, type Position, type WireId, wireId } from '#graph';
import { type EditorApi, insertionOf } from '../store/index.ts';

/** The wire at a place of the window, beneath whatever lies on it. */
export function wireAt({ x, y }: Position): WireId | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest('.react-flow__edge')?.getAttribute('data-id');
    const id = edge ?? element.closest<HTMLElement>('.wire-label')?.dataset.wire;
    if (id) return wireId(id);
  }
  return null;
}

/** The wire under a node that is dragged to between these corners of the window, where it can be inserted on it. */
export function wireUnder(
  store: EditorApi,
  id: NodeId,
  from: Position,
  to: Position,
): WireId | null {
  const { editor, replicas } = store.getState();
  const leads = (indexOf(editor.document).outgoing.get(id)?.length ?? 0) > 0;
  if (replicas || leads) return null;
  for (const [right, down] of within) {
    const x = from.x + (to.x - from.x) * right;
    const y = from.y + (to.y - from.y) * down;
    const wire = wireAt({ x, y });
    if (wire && !(insertionOf(store, id, wire) instanceof GraphError)) return wire;
  }
  return null;
}

/** Where in a node's box a wire is looked for, the middle first. */
const within = [
  [0.5, 0.5],
  [0.5, 0.25],
  [0.5, 0.75],
  [0.25, 0.5],
  [0.75, 0.5],
] as const;

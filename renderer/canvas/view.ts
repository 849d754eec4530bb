import { type GraphDocument, type GraphView, type NodeId, viewOf } from '#graph';
import type { EditorStore } from '../store/index.ts';
import { groupNodeId } from './shown-ids.ts';

const known = new WeakMap<GraphDocument, { readonly inside: unknown; readonly view: GraphView }>();

/** What is drawn of the document; undefined where that is simply all of it. */
export function shownView({
  trace,
  inside,
  replicas,
  registry,
}: Pick<EditorStore, 'trace' | 'inside' | 'replicas' | 'registry'>): GraphView | undefined {
  const { document } = trace;
  if (replicas || (inside === null && !document.frames.some(({ folded }) => folded))) {
    return undefined;
  }
  const made = known.get(document);
  if (made?.inside === inside) return made.view;
  const view = viewOf(document, registry, inside);
  known.set(document, { inside, view });
  return view;
}

/** The id that a node is drawn under: its own, or that of the group which holds it. */
export function drawnAs(state: EditorStore, id: NodeId): string {
  const group = shownView(state)?.groupOf.get(id);
  return group === undefined ? id : groupNodeId(group);
}

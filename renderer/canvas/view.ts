import type { GraphDocument, GraphView } from '#graph';
import { viewOf } from '#graph';
import type { EditorStore } from '../store/index.ts';

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

import { type Edit, type GraphDocument, GraphError, type NodeId, parseAttrs } from '#graph';
import type { Registry } from '#ops';

/** Values that are shown in place of the document's, which knows nothing of them: a moment of a run, with examples. */
export interface Overlay {
  /** What is shown, for people. */
  readonly title: string;
  /** Attributes by node. */
  readonly values: ReadonlyMap<NodeId, Readonly<Record<string, unknown>>>;
}

/** Attributes with an overlay on them, by the document's own: those that stay the same keep their numbers. */
const laid = new WeakMap<Overlay, WeakMap<object, object>>();

/** The document with an overlay on it. Where a node has another form by now, its own values stay. */
export function overlaid(
  document: GraphDocument,
  overlay: Overlay | null,
  registry: Registry,
): GraphDocument {
  if (!overlay) return document;
  const known = laid.get(overlay) ?? new WeakMap<object, object>();
  laid.set(overlay, known);
  const nodes = document.nodes.map((node) => {
    const values = overlay.values.get(node.id);
    if (!values) return node;
    const attrs =
      known.get(node.attrs) ??
      attempt(() => parseAttrs(node, { ...node.attrs, ...values }, registry));
    if (!attrs) return node;
    known.set(node.attrs, attrs);
    return { ...node, attrs };
  });
  return { ...document, nodes };
}

/** Whether an edit would change what the overlay hides. */
export function isUnder(edit: Edit, overlay: Overlay): boolean {
  if (edit.type !== 'setAttrs') return false;
  const values = overlay.values.get(edit.node);
  return values !== undefined && Object.keys(edit.attrs).some((name) => name in values);
}

/** The edits that bring what an overlay shows into the document. */
export function editsOf(document: GraphDocument, overlay: Overlay, registry: Registry): Edit[] {
  const shown = overlaid(document, overlay, registry);
  return document.nodes.flatMap((node, at): Edit[] => {
    const attrs = overlay.values.get(node.id);
    return attrs && shown.nodes[at] !== node ? [{ type: 'setAttrs', node: node.id, attrs }] : [];
  });
}

function attempt<R>(make: () => R): R | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}

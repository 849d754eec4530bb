import { type GraphDocument, indexOf, type NodeId, type WireId } from '#graph';

export interface Selection {
  readonly nodes: ReadonlySet<NodeId>;
  readonly wires: ReadonlySet<WireId>;
}

export const nothingSelected: Selection = { nodes: new Set(), wires: new Set() };

/** What of the selection the document still has; the same object where nothing went. */
export function stillThere(selection: Selection, document: GraphDocument): Selection {
  const { nodes, wires } = indexOf(document);
  const gone =
    [...selection.nodes].some((id) => !nodes.has(id)) ||
    [...selection.wires].some((id) => !wires.has(id));
  if (!gone) return selection;
  return {
    nodes: new Set([...selection.nodes].filter((id) => nodes.has(id))),
    wires: new Set([...selection.wires].filter((id) => wires.has(id))),
  };
}

/** The selected nodes, and those that the selected wires connect. */
export function selectedNodes({
  selection,
  trace,
}: {
  readonly selection: Selection;
  readonly trace: { readonly document: GraphDocument };
}): readonly NodeId[] {
  const { wires } = indexOf(trace.document);
  const ends = [...selection.wires].flatMap((id) => {
    const wire = wires.get(id);
    return wire ? [wire.from.node, wire.to.node] : [];
  });
  return [...new Set([...selection.nodes, ...ends])];
}

/** The one selected node or wire, which the inspector is about. */
export type Subject =
  | { readonly kind: 'none' }
  | { readonly kind: 'node'; readonly id: NodeId }
  | { readonly kind: 'wire'; readonly id: WireId }
  | { readonly kind: 'many'; readonly count: number };

export function subjectOf({ nodes, wires }: Selection): Subject {
  const count = nodes.size + wires.size;
  const [node] = nodes;
  const [wire] = wires;
  if (count === 0) return { kind: 'none' };
  if (count > 1) return { kind: 'many', count };
  if (node !== undefined) return { kind: 'node', id: node };
  return wire === undefined ? { kind: 'none' } : { kind: 'wire', id: wire };
}

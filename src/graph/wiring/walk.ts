import { type GraphDocument, indexOf, type NodeId, type Wire } from '../document.ts';

/** The nodes that these depend on, or that depend on them, and they themselves. */
export function along(
  document: GraphDocument,
  from: Iterable<NodeId>,
  direction: 'upstream' | 'downstream',
): ReadonlySet<NodeId> {
  const { incoming, outgoing } = indexOf(document);
  const next = (id: NodeId): Iterable<Wire> =>
    (direction === 'upstream' ? incoming.get(id)?.values() : outgoing.get(id)) ?? [];
  const found = new Set(from);
  // A set may grow while it is walked.
  for (const id of found) {
    for (const wire of next(id)) {
      found.add(direction === 'upstream' ? wire.from.node : wire.to.node);
    }
  }
  return found;
}

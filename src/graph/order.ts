import { type GraphDocument, type GraphNode, indexOf, type NodeId } from './document.ts';
import { structureOf } from './structure.ts';

const orders = new WeakMap<GraphDocument, readonly GraphNode[]>();

/**
 * The nodes with every node behind those it depends on (Kahn), in document order where the wires
 * leave a choice. Nodes on a cycle, which a valid document does not have, are left out.
 */
export function topologicalOrder(document: GraphDocument): readonly GraphNode[] {
  const known = orders.get(document);
  if (known) return known;
  const ordered = structureOf(document).order.flatMap((at) => document.nodes[at] ?? []);
  orders.set(document, ordered);
  return ordered;
}

/** Whether `to` can be reached from `from` along the wires; a node reaches itself. */
export function reaches(document: GraphDocument, from: NodeId, to: NodeId): boolean {
  const { outgoing } = indexOf(document);
  const seen = new Set<NodeId>([from]);
  const stack = [from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === to) return true;
    for (const wire of outgoing.get(node) ?? []) {
      if (seen.has(wire.to.node)) continue;
      seen.add(wire.to.node);
      stack.push(wire.to.node);
    }
  }
  return false;
}

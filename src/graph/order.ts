import { type GraphDocument, type GraphNode, indexOf, type NodeId } from './document.ts';

const orders = new WeakMap<GraphDocument, readonly GraphNode[]>();

/**
 * The nodes with every node behind those it depends on (Kahn), in document order where the wires
 * leave a choice. Nodes on a cycle, which a valid document does not have, are left out.
 */
export function topologicalOrder(document: GraphDocument): readonly GraphNode[] {
  const known = orders.get(document);
  if (known) return known;
  const { nodes, incoming, outgoing } = indexOf(document);
  const waiting = new Map<NodeId, number>();
  for (const { id } of document.nodes) waiting.set(id, incoming.get(id)?.size ?? 0);
  const ready = document.nodes.filter(({ id }) => waiting.get(id) === 0);
  for (let next = 0; next < ready.length; next++) {
    const node = ready[next];
    for (const wire of (node && outgoing.get(node.id)) ?? []) {
      const left = (waiting.get(wire.to.node) ?? 0) - 1;
      waiting.set(wire.to.node, left);
      const target = nodes.get(wire.to.node);
      if (left === 0 && target) ready.push(target);
    }
  }
  orders.set(document, ready);
  return ready;
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

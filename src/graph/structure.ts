import type { GraphDocument, GraphNode, NodeId, Wire, WireId } from './document.ts';

/**
 * What depends only on which nodes there are and how they are wired. Typing a value or moving a node
 * leaves it as it is, so it is kept for the list of wires.
 */
export interface Structure {
  readonly ids: readonly NodeId[];
  readonly wires: ReadonlyMap<WireId, Wire>;
  /** Wires that enter a node, by input port. */
  readonly incoming: ReadonlyMap<NodeId, ReadonlyMap<string, Wire>>;
  /** Wires that leave a node, in document order. */
  readonly outgoing: ReadonlyMap<NodeId, readonly Wire[]>;
  /** Positions in the list of nodes, every node behind those it depends on. */
  readonly order: readonly number[];
}

const structures = new WeakMap<readonly Wire[], Structure>();

export function structureOf({ nodes, wires }: GraphDocument): Structure {
  const known = structures.get(wires);
  if (known && sameIds(known.ids, nodes)) return known;
  const made = buildStructure(nodes, wires);
  structures.set(wires, made);
  return made;
}

function sameIds(ids: readonly NodeId[], nodes: readonly GraphNode[]): boolean {
  return ids.length === nodes.length && ids.every((id, at) => nodes[at]?.id === id);
}

function buildStructure(nodes: readonly GraphNode[], wires: readonly Wire[]): Structure {
  const incoming = new Map<NodeId, Map<string, Wire>>();
  const outgoing = new Map<NodeId, Wire[]>();
  for (const { id } of nodes) {
    incoming.set(id, new Map());
    outgoing.set(id, []);
  }
  for (const wire of wires) {
    incoming.get(wire.to.node)?.set(wire.to.port, wire);
    outgoing.get(wire.from.node)?.push(wire);
  }
  return {
    ids: nodes.map(({ id }) => id),
    wires: new Map(wires.map((wire) => [wire.id, wire])),
    incoming,
    outgoing,
    order: topological(nodes, incoming, outgoing),
  };
}

/** Kahn's order, in document order where the wires leave a choice; nodes on a cycle are left out. */
function topological(
  nodes: readonly GraphNode[],
  incoming: Structure['incoming'],
  outgoing: Structure['outgoing'],
): number[] {
  const positions = new Map(nodes.map(({ id }, at) => [id, at]));
  const waiting = nodes.map(({ id }) => incoming.get(id)?.size ?? 0);
  const order = nodes.flatMap((_, at) => (waiting[at] === 0 ? [at] : []));
  for (let next = 0; next < order.length; next++) {
    const node = nodes[order[next] ?? 0];
    for (const wire of (node && outgoing.get(node.id)) ?? []) {
      const target = positions.get(wire.to.node);
      if (target === undefined) continue;
      const left = (waiting[target] ?? 0) - 1;
      waiting[target] = left;
      if (left === 0) order.push(target);
    }
  }
  return order;
}

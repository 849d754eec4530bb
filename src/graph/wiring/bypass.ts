import { findPort, inputPorts, outputPort, type Registry } from '#ops';
import {
  type Bypassed,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  nodeName,
  type SideWire,
  type Wire,
  wireId,
} from '../document.ts';
import type { Edit } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { fresh } from '../ids.ts';
import { reaches } from '../order.ts';
import { mainInput } from './remove-reconnecting.ts';

/** What a bypassed node is for everything that computes: it hands on what enters it. */
export const bypassOperation = 'identity';
const bypassPort = 'x';

/**
 * Bypasses a node, or puts it back: a bypassed node hands on what enters its main input. Whatever computes the graph
 * sees an `identity`; what the node was stays with it. The refusal where nothing enters that it could hand on.
 */
export function toggleBypass(
  document: GraphDocument,
  registry: Registry,
  id: NodeId,
): readonly Edit[] | GraphError {
  const node = indexOf(document).nodes.get(id);
  if (!node) return new GraphError('bad-edit', `There is no node “${id}”.`);
  return node.bypassed
    ? putBack(document, registry, node, node.bypassed)
    : bypass(document, registry, node);
}

function bypass(
  document: GraphDocument,
  registry: Registry,
  node: GraphNode,
): readonly Edit[] | GraphError {
  const { id, op, attrs, label, position } = node;
  const { incoming } = indexOf(document);
  const entering = [...(incoming.get(id)?.values() ?? [])];
  const main = mainInput(document, registry, id) ?? firstOf(registry, node, entering);
  if (!main) {
    const name = nodeName(node, registry);
    return new GraphError('bad-edit', `Nothing enters “${name}” that it could hand on.`, {
      node: id,
    });
  }
  const wires = entering
    .filter((wire) => wire !== main)
    .map(
      ({ id: wire, from, to, name }): SideWire => ({
        id: wire,
        from,
        port: to.port,
        ...(name ? { name } : {}),
      }),
    );
  const bypassed: Bypassed = { op, attrs, port: main.to.port, wires };
  const by: GraphNode = { id, op: bypassOperation, label, attrs: {}, position, bypassed };
  return replacing(document, by, [{ ...main, to: { node: id, port: bypassPort } }]);
}

/** The wire at the first input, where none is the main one by what enters it. */
function firstOf(
  registry: Registry,
  { op, attrs }: GraphNode,
  entering: readonly Wire[],
): Wire | undefined {
  const operation = registry.get(op);
  if (!operation) return undefined;
  const ports = inputPorts(
    operation,
    attrs,
    entering.map(({ to }) => to.port),
  );
  for (const { name } of ports) {
    const wire = entering.find(({ to }) => to.port === name);
    if (wire) return wire;
  }
  return undefined;
}

function putBack(
  document: GraphDocument,
  registry: Registry,
  { id, label, position }: GraphNode,
  { op, attrs, port, wires }: Bypassed,
): readonly Edit[] {
  const { incoming, nodes, wires: known } = indexOf(document);
  const operation = registry.get(op);
  const main = incoming.get(id)?.get(bypassPort);
  const taken = new Set(known.keys());
  const led: Wire[] = main ? [{ ...main, to: { node: id, port } }] : [];
  for (const { id: wire, from, port: side, name } of wires) {
    const fits = operation && findPort(operation, attrs, side) && side !== port;
    // What it came from may be gone, or depend on this node by now.
    if (!fits || !nodes.has(from.node) || reaches(document, id, from.node)) continue;
    const free = wireId(fresh(wire, (each) => taken.has(wireId(each))));
    taken.add(free);
    led.push({ id: free, from, to: { node: id, port: side }, ...(name ? { name } : {}) });
  }
  return replacing(document, { id, op, label, attrs, position }, led);
}

/** Puts the node in its own place, with these wires into it and those that leave it. */
function replacing(
  document: GraphDocument,
  node: GraphNode,
  entering: readonly Wire[],
): readonly Edit[] {
  const leaving = (indexOf(document).outgoing.get(node.id) ?? []).filter(
    ({ from }) => from.port === outputPort,
  );
  const { loss } = document;
  return [
    { type: 'replaceNodes', nodes: [node.id], by: [node], wires: [...entering, ...leaving] },
    ...(loss?.node === node.id ? [{ type: 'setLoss', loss } as const] : []),
  ];
}

import { findPort, type Registry } from '#ops';
import { refusal, withWire } from '../connect.ts';
import { type GraphDocument, indexOf, type NodeId, type Wire } from '../document.ts';
import { applyEdit, type Edit } from '../edits.ts';
import type { GraphError } from '../errors.ts';
import { ledAnew } from './reconnect.ts';

export interface Reconnecting {
  readonly edits: readonly Edit[];
  /** Why some wires could not be led past what was removed. */
  readonly refusals: readonly GraphError[];
}

/**
 * Removes nodes and leads what they passed on past them: each of their consumers gets what entered the node by its
 * main path, where that fits.
 */
export function removeReconnecting(
  document: GraphDocument,
  registry: Registry,
  nodes: ReadonlySet<NodeId>,
): Reconnecting {
  const removed: Edit = { type: 'removeNodes', nodes: [...nodes] };
  let left = applyEdit(document, removed, registry);
  const led: Wire[] = [];
  const refusals: GraphError[] = [];
  for (const wire of document.wires) {
    if (!nodes.has(wire.from.node) || nodes.has(wire.to.node)) continue;
    const entering = enteringFrom(document, registry, nodes, wire.from.node);
    if (!entering) continue;
    // What stands there now is another value, so it has that one's name.
    const past: Wire = { ...wire, from: entering.from, name: entering.name };
    const refused = refusal(left, registry, past.from, past.to);
    if (refused) {
      refusals.push(refused);
      continue;
    }
    left = withWire(left, past);
    led.push(past);
  }
  return { edits: [...(led.length > 0 ? [ledAnew(led)] : []), removed], refusals };
}

/** The wire from outside that leads, along main paths through removed nodes, to this one. */
function enteringFrom(
  document: GraphDocument,
  registry: Registry,
  removed: ReadonlySet<NodeId>,
  node: NodeId,
): Wire | undefined {
  const wire = mainInput(document, registry, node);
  if (!wire || !removed.has(wire.from.node)) return wire;
  return enteringFrom(document, registry, removed, wire.from.node);
}

/** Where what a node shapes the signal with comes from: weights and fixed numbers are not the signal. */
const sideSources = new Set(['parameter', 'constant']);

/**
 * The one wire by which the signal enters a node: its only one, or the only one that is neither a parameter nor a
 * constant; none where there are several.
 */
export function mainInput(
  document: GraphDocument,
  registry: Registry,
  id: NodeId,
): Wire | undefined {
  const { nodes, incoming } = indexOf(document);
  const node = nodes.get(id);
  const operation = node && registry.get(node.op);
  if (!operation) return undefined;
  const entering = [...(incoming.get(id)?.values() ?? [])].filter(
    ({ to }) => findPort(operation, node.attrs, to.port)?.kind === 'tensor',
  );
  if (entering.length === 1) return entering[0];
  const main = entering.filter(({ from }) => !sideSources.has(nodes.get(from.node)?.op ?? ''));
  return main.length === 1 ? main[0] : undefined;
}

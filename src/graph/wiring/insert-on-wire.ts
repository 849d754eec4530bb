import { inputPorts, nextPort, outputPort, type Registry } from '#ops';
import {
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  type Wire,
  type WireId,
} from '../document.ts';
import { applyEdit, type Edit } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { inferForms } from '../forms.ts';
import { freshWireId } from '../ids.ts';
import { reaches } from '../order.ts';
import { ledAnew } from './reconnect.ts';

/**
 * Puts a node that leads nowhere yet into a wire: what the wire carries enters its first free input that fits, and its
 * output goes where the wire went. The refusal where that is not possible.
 */
export function insertOnWire(
  document: GraphDocument,
  registry: Registry,
  id: NodeId,
  on: WireId,
): readonly Edit[] | GraphError {
  const { nodes, wires, outgoing } = indexOf(document);
  const [node, wire] = [nodes.get(id), wires.get(on)];
  if (!node || !wire) return new GraphError('bad-edit', 'A node and a wire are needed.');
  const name = node.label || node.id;
  if ((outgoing.get(id)?.length ?? 0) > 0) {
    return new GraphError('bad-edit', `“${name}” leads somewhere already.`, { node: id });
  }
  // It leads nowhere, so a cycle could only come from what enters it.
  if (reaches(document, wire.to.node, id)) {
    return new GraphError('cycle', `“${name}” depends on where this wire leads.`, { node: id });
  }
  const free = freePorts(document, registry, node);
  if (free.length === 0) {
    return new GraphError('bad-edit', `“${name}” has no free input for this wire.`, { node: id });
  }
  let first: GraphError | undefined;
  for (const port of free) {
    const led = inserted(document, wire, { node: id, port });
    const refused = misfit(document, applyEdit(document, led, registry), registry, [
      id,
      wire.to.node,
    ]);
    if (!refused) return [led];
    first ??= refused;
  }
  return first ?? new GraphError('bad-edit', `“${name}” does not fit on this wire.`, { node: id });
}

/** The wire into the node, under its own id and name, and a further one on from there. */
function inserted(document: GraphDocument, wire: Wire, to: Wire['to']): Edit {
  const on: Wire = {
    id: freshWireId(document),
    from: { node: to.node, port: outputPort },
    to: wire.to,
  };
  return ledAnew([{ ...wire, to }, on]);
}

function freePorts(
  document: GraphDocument,
  registry: Registry,
  { id, op, attrs }: GraphNode,
): readonly string[] {
  const operation = registry.get(op);
  if (!operation) return [];
  const connected = [...(indexOf(document).incoming.get(id)?.keys() ?? [])];
  const further = nextPort(operation, attrs, connected);
  return [...inputPorts(operation, attrs, connected), ...(further ? [further] : [])]
    .filter(({ name, kind }) => kind === 'tensor' && !connected.includes(name))
    .map(({ name }) => name);
}

/** Why shapes do not fit after a change, at one of these nodes, where they did before. */
function misfit(
  before: GraphDocument,
  after: GraphDocument,
  registry: Registry,
  at: readonly NodeId[],
): GraphError | undefined {
  const error = (document: GraphDocument, id: NodeId) => {
    const result = inferForms(document, registry).get(id);
    return result && 'error' in result && result.error.code === 'shape' ? result.error : undefined;
  };
  for (const id of at) {
    const now = error(after, id);
    if (now && !error(before, id)) return now;
  }
  return undefined;
}

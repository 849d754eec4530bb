import { findPort, outputPort, type Registry } from '#ops';
import {
  type Endpoint,
  type GraphDocument,
  indexOf,
  nodeName,
  type Wire,
  wireId,
} from './document.ts';
import { GraphError } from './errors.ts';
import { inferForms } from './forms.ts';
import { reaches } from './order.ts';

/**
 * Why a wire between these ports is refused, as one sentence, or null where it may be drawn. A wire
 * that already enters the input port would be replaced.
 */
export function refusal(
  document: GraphDocument,
  registry: Registry,
  from: Endpoint,
  to: Endpoint,
): GraphError | null {
  const { nodes } = indexOf(document);
  const source = nodes.get(from.node);
  const target = nodes.get(to.node);
  const operation = target && registry.get(target.op);
  const place = { node: to.node };
  if (!source || !target) {
    return new GraphError('bad-edit', 'A wire needs a node at both ends.', place);
  }
  if (from.port !== outputPort || !operation || !findPort(operation, target.attrs, to.port)) {
    const message = `“${nodeName(target, registry)}” has no input ${to.port} for this wire.`;
    return new GraphError('bad-edit', message, place);
  }
  if (reaches(document, to.node, from.node)) {
    const message =
      from.node === to.node
        ? `“${nodeName(target, registry)}” cannot feed itself: the graph would have a cycle.`
        : `This wire would close a cycle: “${nodeName(source, registry)}” already depends on “${nodeName(target, registry)}”.`;
    return new GraphError('cycle', message, place);
  }
  const tried = withWire(document, { id: wireId('tried'), from, to });
  const result = inferForms(tried, registry).get(to.node);
  if (result && 'error' in result && result.error.code === 'shape') return result.error;
  return null;
}

/** The document with this wire; one that entered the same port is replaced. */
export function withWire(document: GraphDocument, wire: Wire): GraphDocument {
  const kept = document.wires.filter(
    ({ to }) => to.node !== wire.to.node || to.port !== wire.to.port,
  );
  return { ...document, wires: [...kept, wire] };
}

import { type Endpoint, type GraphDocument, indexOf, type NodeId, reaches, refusal } from '#graph';
import { inputPorts, nextPort, outputPort, type Registry } from '#ops';

/** A wire that is being drawn, and which ports it may end at. */
export interface Wiring {
  readonly from: Endpoint;
  readonly startsAt: 'source' | 'target';
  readonly fits: ReadonlySet<string>;
}

export function portKey(node: NodeId, port: string): string {
  return `${node}/${port}`;
}

/** Above this many nodes only cycles are looked for beforehand; shapes are checked under the pointer. */
const thoroughUpTo = 150;

/** Where a wire that starts at `from` may end. */
export function wiringFrom(
  document: GraphDocument,
  registry: Registry,
  from: Endpoint,
  startsAt: 'source' | 'target',
): Wiring {
  const fits = new Set<string>();
  const fit = (source: Endpoint, target: Endpoint) =>
    document.nodes.length > thoroughUpTo
      ? !reaches(document, target.node, source.node)
      : refusal(document, registry, source, target) === null;
  const { incoming } = indexOf(document);
  // From an input that has a wire, that wire can be led to another input.
  const entering = startsAt === 'target' ? incoming.get(from.node)?.get(from.port) : undefined;
  for (const { id, op, attrs } of document.nodes) {
    const operation = registry.get(op);
    if (!operation) continue;
    if (startsAt === 'target') {
      if (fit({ node: id, port: outputPort }, from)) fits.add(portKey(id, outputPort));
      if (!entering) continue;
    }
    const start = entering?.from ?? from;
    const connected = [...(incoming.get(id)?.keys() ?? [])];
    const further = nextPort(operation, attrs, connected);
    for (const { name } of [
      ...inputPorts(operation, attrs, connected),
      ...(further ? [further] : []),
    ]) {
      const isStart = id === from.node && name === from.port;
      if (!isStart && fit(start, { node: id, port: name })) fits.add(portKey(id, name));
    }
  }
  return { from, startsAt, fits };
}

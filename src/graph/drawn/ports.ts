import { inputPorts, nextPort, type Operation } from '#ops';
import { type DocumentIndex, type GraphDocument, type GraphNode, indexOf } from '../document.ts';

export interface ShownPort {
  readonly name: string;
  /** The free port an n-ary operation offers: it appears when it can be used. */
  readonly further: boolean;
  /** Pixels below the top of the node. */
  readonly top: number;
}

const nodeSize = 76;
const spacing = 28;

/** Height of an operation's square: it grows with its ports. */
export function nodeHeight(ports: number): number {
  return Math.max(nodeSize, (ports + 1) * spacing - 8);
}

/** The input ports of a node as they stand on its left side. */
export function shownPorts(
  document: GraphDocument,
  node: GraphNode,
  operation: Operation,
): { readonly ports: readonly ShownPort[]; readonly height: number } {
  const connected = connectedPorts(indexOf(document), node);
  const fixed = inputPorts(operation, node.attrs, connected);
  const height = nodeHeight(fixed.length);
  const first = height / 2 - ((fixed.length - 1) * spacing) / 2;
  const ports = fixed.map(({ name }, at) => ({ name, further: false, top: first + at * spacing }));
  const further = fixed.every(({ name }) => connected.includes(name))
    ? nextPort(operation, node.attrs, connected)
    : null;
  if (!further) return { ports, height };
  const last = ports.at(-1)?.top ?? 0;
  return {
    ports: [...ports, { name: further.name, further: true, top: Math.min(last + 20, height - 2) }],
    height,
  };
}

function connectedPorts({ incoming }: DocumentIndex, { id }: GraphNode): readonly string[] {
  return [...(incoming.get(id)?.keys() ?? [])];
}

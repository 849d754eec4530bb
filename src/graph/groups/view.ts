import { inputPorts, outputPort, type Registry } from '#ops';
import {
  type Frame,
  type FrameId,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  nodeId,
  type Wire,
} from '../document.ts';

/** Where a wire is drawn to: a node that is drawn itself, a folded frame around it, or a node outside of the view. */
export type ShownEnd =
  | { readonly kind: 'node'; readonly node: NodeId; readonly port: string }
  | { readonly kind: 'group'; readonly frame: FrameId; readonly port: string }
  | { readonly kind: 'outside'; readonly node: NodeId };

export interface ShownWire {
  readonly wire: Wire;
  readonly from: ShownEnd;
  readonly to: ShownEnd;
}

/** A folded frame, drawn as one node with ports of its own. */
export interface Group {
  readonly frame: Frame;
  readonly inputs: readonly GroupPort[];
  readonly outputs: readonly GroupPort[];
}

/**
 * Where wires enter or leave a group, or could: an input for each wire and for each port inside that waits for one, an
 * output for each node that others take from, or nobody does.
 */
export interface GroupPort {
  readonly id: string;
  /** The node inside, and its port. */
  readonly node: NodeId;
  readonly port: string;
}

/** A node that is not part of the view, but has a wire to what is. */
export interface Outside {
  readonly node: NodeId;
  readonly side: 'before' | 'behind';
}

/** What of a document is drawn: folded frames as one, and, inside a frame, only what belongs to it. */
export interface GraphView {
  readonly nodes: readonly GraphNode[];
  readonly groups: readonly Group[];
  /** Frames drawn around what they hold. */
  readonly frames: readonly Frame[];
  readonly wires: readonly ShownWire[];
  readonly outside: readonly Outside[];
  /** The folded frame that a node is drawn as part of. */
  readonly groupOf: ReadonlyMap<NodeId, FrameId>;
}

/** The id of the port of a group that stands for a port inside: without quotes, as it goes into selectors. */
export function groupPort(node: NodeId, port: string): string {
  return `${encodeURIComponent(node)}/${encodeURIComponent(port)}`;
}

/** The port inside that a port of a group stands for. */
export function insidePort(id: string): { readonly node: NodeId; readonly port: string } {
  const [node = '', port = ''] = id.split('/').map(decodeURIComponent);
  return { node: nodeId(node), port };
}

/** What is drawn of a document, seen from inside a frame; of all of it without one. */
export function viewOf(
  document: GraphDocument,
  registry: Registry,
  inside: FrameId | null,
): GraphView {
  const around = document.frames.find(({ id }) => id === inside);
  const members = around && new Set(around.nodes);
  const within = framesWithin(document, around);
  const groupOf = foldedIn(within);
  const shown = (id: NodeId) => !members || members.has(id);
  const nodes = document.nodes.filter(({ id }) => shown(id) && !groupOf.has(id));
  const outside = new Map<string, Outside>();
  const beyond = (node: NodeId, side: Outside['side']): ShownEnd => {
    outside.set(`${side} ${node}`, { node, side });
    return { kind: 'outside', node };
  };
  const wires = document.wires.flatMap((wire): ShownWire[] => {
    const { from, to } = wire;
    if (!shown(from.node) && !shown(to.node)) return [];
    const [source, target] = [groupOf.get(from.node), groupOf.get(to.node)];
    if (source !== undefined && source === target) return [];
    return [
      {
        wire,
        from: shown(from.node) ? endOf(from, source) : beyond(from.node, 'before'),
        to: shown(to.node) ? endOf(to, target) : beyond(to.node, 'behind'),
      },
    ];
  });
  const folded = new Set(groupOf.values());
  return {
    nodes,
    wires,
    groupOf,
    groups: within.flatMap((frame) =>
      folded.has(frame.id) ? [groupFor(document, registry, frame, wires)] : [],
    ),
    frames: within.filter((frame) => !frame.folded && !frame.nodes.every((id) => groupOf.has(id))),
    outside: [...outside.values()],
  };
}

function endOf(
  { node, port }: { readonly node: NodeId; readonly port: string },
  group: FrameId | undefined,
): ShownEnd {
  return group === undefined
    ? { kind: 'node', node, port }
    : { kind: 'group', frame: group, port: groupPort(node, port) };
}

/** The frames that are seen from inside one: those of its own nodes, without itself; the largest first. */
function framesWithin({ frames }: GraphDocument, around: Frame | undefined): readonly Frame[] {
  const members = around && new Set(around.nodes);
  const at = around ? frames.indexOf(around) : -1;
  return frames
    .filter((frame, index) => {
      if (!members) return true;
      const inner = frame.nodes.every((id) => members.has(id));
      // Of frames with the same nodes the later one is inside.
      return inner && (frame.nodes.length < members.size || index > at);
    })
    .toSorted((a, b) => b.nodes.length - a.nodes.length);
}

/** For each node inside a folded frame, the outermost such frame. */
function foldedIn(frames: readonly Frame[]): ReadonlyMap<NodeId, FrameId> {
  const groupOf = new Map<NodeId, FrameId>();
  for (const { id, nodes, folded } of frames) {
    if (!folded) continue;
    for (const node of nodes) if (!groupOf.has(node)) groupOf.set(node, id);
  }
  return groupOf;
}

function groupFor(
  document: GraphDocument,
  registry: Registry,
  frame: Frame,
  wires: readonly ShownWire[],
): Group {
  const { nodes, incoming, outgoing } = indexOf(document);
  const inputs = new Map<string, GroupPort>();
  const outputs = new Map<string, GroupPort>();
  const add = (ports: Map<string, GroupPort>, node: NodeId, port: string) => {
    const id = groupPort(node, port);
    ports.set(id, { id, node, port });
  };
  for (const { wire, from, to } of wires) {
    if (to.kind === 'group' && to.frame === frame.id) add(inputs, wire.to.node, wire.to.port);
    if (from.kind === 'group' && from.frame === frame.id) {
      add(outputs, wire.from.node, wire.from.port);
    }
  }
  for (const id of frame.nodes) {
    const node = nodes.get(id);
    const operation = node && registry.get(node.op);
    if (!operation) continue;
    const entered = incoming.get(id);
    for (const { name, optional } of inputPorts(operation, node.attrs, entered?.keys() ?? [])) {
      if (!optional && !entered?.has(name)) add(inputs, id, name);
    }
    if ((outgoing.get(id)?.length ?? 0) === 0) add(outputs, id, outputPort);
  }
  return { frame, inputs: [...inputs.values()], outputs: [...outputs.values()] };
}

/** The frames around a frame, the outermost first, and itself: the way to it. */
export function pathTo({ frames }: GraphDocument, id: FrameId): readonly Frame[] {
  const frame = frames.find((each) => each.id === id);
  if (!frame) return [];
  const at = frames.indexOf(frame);
  const outer = frames.filter((other, index) => {
    const holds = frame.nodes.every((node) => other.nodes.includes(node));
    return holds && (other.nodes.length > frame.nodes.length || index < at);
  });
  return [...outer.toSorted((a, b) => b.nodes.length - a.nodes.length), frame];
}

/** The innermost frame around a node. */
export function innermostFrame({ frames }: GraphDocument, node: NodeId): Frame | undefined {
  return frames
    .filter(({ nodes }) => nodes.includes(node))
    .toSorted((a, b) => a.nodes.length - b.nodes.length)[0];
}

/** The nodes with, of every group of which some are among them, all. */
export function wholeGroups(
  document: GraphDocument,
  inside: FrameId | null,
  nodes: ReadonlySet<NodeId>,
): ReadonlySet<NodeId> {
  if (nodes.size === 0 || !document.frames.some(({ folded }) => folded)) return nodes;
  const around = document.frames.find(({ id }) => id === inside);
  const groupOf = foldedIn(framesWithin(document, around));
  const touched = new Set([...nodes].flatMap((id) => groupOf.get(id) ?? []));
  if (touched.size === 0) return nodes;
  const grown = new Set(nodes);
  for (const [id, group] of groupOf) if (touched.has(group)) grown.add(id);
  return grown.size === nodes.size ? nodes : grown;
}

import dagre from '@dagrejs/dagre';
import {
  type Frame,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  type Position,
  type WireId,
} from './document.ts';
import { inLayers } from './layers.ts';
import { topologicalOrder } from './order.ts';

export interface LayoutOptions {
  /** Width and height of a node on the canvas. */
  readonly size?: (id: NodeId) => { readonly width: number; readonly height: number };
  /** Width and height of what stands on a wire; nothing without it. */
  readonly label?: (id: WireId) => { readonly width: number; readonly height: number };
  /** Only these nodes are moved; all of them without it. */
  readonly only?: ReadonlySet<NodeId>;
  /** How many layers all wires together may cross; a graph of more is put in plain layers, which takes no time. */
  readonly patience?: number;
  /** Where the upper left corner comes to lie; that of the nodes as they are without it. */
  readonly origin?: Position;
}

export const defaultSize = () => ({ width: 110, height: 90 });

/**
 * Positions that read from left to right with few crossings (Sugiyama's layers, by dagre). Gives the
 * upper left corner of every node that is laid out. Long graphs take seconds: call it in a worker.
 */
export function layout(
  document: GraphDocument,
  { size = defaultSize, label, only, origin, patience }: LayoutOptions = {},
): Map<NodeId, Position> {
  const graph = emptyGraph();
  // What stands on wires takes its own room between the ranks. Where wires run together it stands half as far apart as
  // the nodes they come from.
  const highest = label ? Math.max(0, ...document.wires.map(({ id }) => label(id).height)) : 0;
  const nodesep = Math.max(48, 1.25 * highest);
  graph.setGraph({ rankdir: 'LR', ranksep: label ? 48 : 120, nodesep, edgesep: 24 });
  const { nodes } = indexOf(document);
  const chosen = document.nodes.filter(({ id }) => !only || only.has(id));
  for (const { id } of chosen) graph.setNode(keyOf(id), { ...size(id) });
  keepTogether(graph, document.frames, new Set(chosen.map(({ id }) => id)));
  for (const { id, from, to } of document.wires) {
    const [start, end] = [keyOf(from.node), keyOf(to.node)];
    if (!graph.hasNode(start) || !graph.hasNode(end)) continue;
    const written = label ? { ...label(id), labelpos: 'c' } : {};
    graph.setEdge(start, end, written, id);
  }
  const isQuick = patience === undefined || crossed(document, only) <= patience;
  const corners =
    (isQuick ? cornersOf(graph, chosen) : undefined) ??
    plainly(document, chosen, size, label, nodesep);
  const left = (points: Iterable<Position>) => Math.min(...[...points].map(({ x }) => x));
  const top = (points: Iterable<Position>) => Math.min(...[...points].map(({ y }) => y));
  const before = chosen.flatMap(({ id }) => nodes.get(id)?.position ?? []);
  const start = origin ?? { x: left(before), y: top(before) };
  const shift = { x: start.x - left(corners), y: start.y - top(corners) };
  return new Map(
    corners.map(({ id, x, y }) => [id, { x: Math.round(x + shift.x), y: Math.round(y + shift.y) }]),
  );
}

/** How many layers the wires of these nodes cross, each by itself: dagre's time grows with the square of it. */
function crossed(document: GraphDocument, only: ReadonlySet<NodeId> | undefined): number {
  const { incoming } = indexOf(document);
  const layers = new Map<NodeId, number>();
  let sum = 0;
  for (const { id } of topologicalOrder(document)) {
    if (only && !only.has(id)) continue;
    const before = [...(incoming.get(id)?.values() ?? [])].flatMap(
      ({ from }) => layers.get(from.node) ?? [],
    );
    const layer = before.length > 0 ? Math.max(...before) + 1 : 0;
    layers.set(id, layer);
    for (const each of before) sum += layer - each;
  }
  return sum;
}

/** Dagre keeps nodes as properties of objects, where a name like “constructor” means something else. */
const keyOf = (id: NodeId) => `node ${id}`;

function emptyGraph() {
  return new dagre.graphlib.Graph({ multigraph: true, compound: true });
}

type LayoutGraph = ReturnType<typeof emptyGraph>;

interface Corner extends Position {
  readonly id: NodeId;
}

/** By dagre; undefined for graphs so deep that its recursion overflows the stack. */
function cornersOf(graph: LayoutGraph, nodes: readonly GraphNode[]): readonly Corner[] | undefined {
  try {
    dagre.layout(graph);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return nodes.map(({ id }) => {
    const { x, y, width, height } = graph.node(keyOf(id));
    return { id, x: x - width / 2, y: y - height / 2 };
  });
}

/** In plain layers, frames or not. */
function plainly(
  document: GraphDocument,
  nodes: readonly GraphNode[],
  size: NonNullable<LayoutOptions['size']>,
  label: LayoutOptions['label'],
  nodesep: number,
): readonly Corner[] {
  const chosen = new Set(nodes.map(({ id }) => id));
  const ordered = topologicalOrder(document).flatMap(({ id }) => (chosen.has(id) ? [id] : []));
  const links = document.wires
    .map(({ from, to }) => ({ from: from.node, to: to.node }))
    .filter(({ from, to }) => chosen.has(from) && chosen.has(to));
  const widest = label ? Math.max(0, ...document.wires.map(({ id }) => label(id).width)) : 0;
  const ranksep = Math.max(120, widest + 48);
  return [...inLayers(ordered, links, size, { ranksep, nodesep })].map(([id, corner]) => ({
    id,
    ...corner,
  }));
}

/** Lays out what a frame holds as one block; frames inside others as blocks inside theirs. */
function keepTogether(
  graph: LayoutGraph,
  frames: readonly Frame[],
  chosen: ReadonlySet<NodeId>,
): void {
  const inwards = frames
    .map(({ id, nodes }) => ({
      key: `frame ${id}`,
      nodes: nodes.filter((node) => chosen.has(node)),
    }))
    .filter(({ nodes }) => nodes.length > 1 && nodes.length < chosen.size)
    .toSorted((a, b) => b.nodes.length - a.nodes.length);
  const placed: { readonly key: string; readonly nodes: ReadonlySet<NodeId> }[] = [];
  for (const { key, nodes } of inwards) {
    const around = placed.findLast((outer) => nodes.some((node) => outer.nodes.has(node)));
    // Frames that merely overlap cannot both be blocks.
    if (around && !nodes.every((node) => around.nodes.has(node))) continue;
    graph.setNode(key, {});
    if (around) graph.setParent(key, around.key);
    for (const node of nodes) graph.setParent(keyOf(node), key);
    placed.push({ key, nodes: new Set(nodes) });
  }
}

import type { NodeId, Position } from './document.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Link {
  readonly from: NodeId;
  readonly to: NodeId;
}

/** How often the order within the layers is improved, forward and back. */
const sweeps = 8;

/**
 * Positions from left to right for graphs of any depth, by loops alone: each node behind all that it depends on, in its
 * layer near those it is connected to. `ordered` lists every node behind those it depends on.
 */
export function inLayers(
  ordered: readonly NodeId[],
  links: readonly Link[],
  size: (id: NodeId) => Size,
  { ranksep, nodesep }: { readonly ranksep: number; readonly nodesep: number },
): Map<NodeId, Position> {
  const before = neighbours(ordered, links, 'to', 'from');
  const after = neighbours(ordered, links, 'from', 'to');
  const layers = layersOf(ordered, before, after);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forward = sweep % 2 === 0;
    const places = new Map<NodeId, number>();
    for (const layer of forward ? layers : layers.toReversed()) {
      const near = forward ? before : after;
      const wanted = new Map(
        layer.map((id, at) => [id, mean(near.get(id) ?? [], places) ?? at / layer.length]),
      );
      layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      for (const [at, id] of layer.entries()) places.set(id, (at + 0.5) / layer.length);
    }
  }
  return placed(layers, before, size, ranksep, nodesep);
}

function neighbours(
  nodes: readonly NodeId[],
  links: readonly Link[],
  of: keyof Link,
  are: keyof Link,
): ReadonlyMap<NodeId, NodeId[]> {
  const found = new Map<NodeId, NodeId[]>(nodes.map((id) => [id, []]));
  for (const link of links) found.get(link[of])?.push(link[are]);
  return found;
}

/** As early as possible; what depends on nothing as late as what takes it allows. */
function layersOf(
  ordered: readonly NodeId[],
  before: ReadonlyMap<NodeId, readonly NodeId[]>,
  after: ReadonlyMap<NodeId, readonly NodeId[]>,
): NodeId[][] {
  const ranks = new Map<NodeId, number>();
  for (const id of ordered) {
    const last = (before.get(id) ?? []).reduce(
      (most, other) => Math.max(most, ranks.get(other) ?? 0),
      -1,
    );
    ranks.set(id, last + 1);
  }
  for (const id of ordered) {
    const followers = after.get(id) ?? [];
    if ((before.get(id)?.length ?? 0) > 0 || followers.length === 0) continue;
    const next = followers.reduce(
      (least, other) => Math.min(least, ranks.get(other) ?? 0),
      Infinity,
    );
    ranks.set(id, next - 1);
  }
  const layers = new Map<number, NodeId[]>();
  for (const [id, rank] of ranks) layers.set(rank, [...(layers.get(rank) ?? []), id]);
  return [...layers].toSorted(([a], [b]) => a - b).map(([, layer]) => layer);
}

function mean(ids: readonly NodeId[], places: ReadonlyMap<NodeId, number>): number | null {
  const known = ids.flatMap((id) => places.get(id) ?? []);
  return known.length > 0 ? known.reduce((sum, at) => sum + at, 0) / known.length : null;
}

/** Layer behind layer; within each at the height of what comes before, as far as there is room. */
function placed(
  layers: readonly (readonly NodeId[])[],
  before: ReadonlyMap<NodeId, readonly NodeId[]>,
  size: (id: NodeId) => Size,
  ranksep: number,
  nodesep: number,
): Map<NodeId, Position> {
  const positions = new Map<NodeId, Position>();
  const middles = new Map<NodeId, number>();
  let x = 0;
  for (const layer of layers) {
    const wanted = layer.map((id) => mean(before.get(id) ?? [], middles));
    let next = -Infinity;
    const tops = layer.map((id, at) => {
      const { height } = size(id);
      const top = Math.max(next, (wanted[at] ?? 0) - height / 2);
      next = top + height + nodesep;
      return top;
    });
    // Pushed down by each other: the whole layer comes back up.
    const off = layer.map((id, at) => (tops[at] ?? 0) + size(id).height / 2 - (wanted[at] ?? 0));
    const shift = off.reduce((sum, each) => sum + each, 0) / Math.max(1, layer.length);
    for (const [at, id] of layer.entries()) {
      const y = (tops[at] ?? 0) - shift;
      positions.set(id, { x, y });
      middles.set(id, y + size(id).height / 2);
    }
    x += layer.reduce((most, id) => Math.max(most, size(id).width), 0) + ranksep;
  }
  return positions;
}

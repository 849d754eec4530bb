import { create } from 'zustand';
import { type GraphDocument, type NodeId, nodeId, type Position, type WireId } from '#graph';
import { type Curve, onCurve } from './curve.ts';
import type { FlowNode } from './flow-nodes.ts';

/** Above this many nodes a graph is seen from afar as one picture, and only what is at hand is in the page. */
export const overviewFrom = 600;

interface AtHand {
  readonly node: NodeId | null;
  readonly wire: WireId | null;
}

export const nothingAtHand: AtHand = { node: null, wire: null };

/** What lies under the pointer in the overview. */
export const atHand = create<AtHand>()(() => nothingAtHand);

export interface DrawnNode {
  readonly id: NodeId;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DrawnWire extends Curve {
  readonly id: WireId;
  readonly from: NodeId;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the nodes and wires of a large graph lie, for drawing them and for finding them. */
export class Picture {
  readonly nodes: readonly DrawnNode[];
  readonly wires: readonly DrawnWire[];

  constructor({ wires }: GraphDocument, flow: readonly FlowNode[]) {
    const known = new Map(flow.map((node) => [node.id, node]));
    this.nodes = flow.map(({ id, position, measured }) => ({
      id: nodeId(id),
      x: position.x,
      y: position.y,
      width: measured?.width ?? 0,
      height: measured?.height ?? 0,
    }));
    this.wires = wires.flatMap(({ id, from, to }): DrawnWire[] => {
      const [start, end] = [known.get(from.node), known.get(to.node)];
      const out = start?.handles?.find(({ type }) => type === 'source');
      const into = end?.handles?.find(
        (handle) => handle.type === 'target' && handle.id === to.port,
      );
      if (!start || !end || !out || !into) return [];
      return [
        {
          id,
          from: from.node,
          x0: start.position.x + out.x + (out.width ?? 0),
          y0: start.position.y + out.y + (out.height ?? 0) / 2,
          x3: end.position.x + into.x,
          y3: end.position.y + into.y + (into.height ?? 0) / 2,
        },
      ];
    });
  }

  /** The uppermost node at a point. */
  nodeAt({ x, y }: Position): NodeId | null {
    const found = this.nodes.findLast(
      (node) => x >= node.x && y >= node.y && x <= node.x + node.width && y <= node.y + node.height,
    );
    return found?.id ?? null;
  }

  /** The wire that passes a point most closely, no further away than `reach`. */
  wireAt(point: Position, reach: number): WireId | null {
    let nearest = reach;
    let found: WireId | null = null;
    for (const wire of this.wires) {
      const { x0, y0, x3, y3 } = wire;
      if (point.y < Math.min(y0, y3) - nearest || point.y > Math.max(y0, y3) + nearest) continue;
      // One that leads back reaches out beyond its ends.
      const out = nearest + (x3 < x0 ? 6.25 * Math.sqrt(x0 - x3) : 0);
      if (point.x < Math.min(x0, x3) - out || point.x > Math.max(x0, x3) + out) continue;
      const distance = distanceTo(wire, point);
      if (distance >= nearest) continue;
      nearest = distance;
      found = wire.id;
    }
    return found;
  }

  /** The nodes of which something lies in an area. */
  nodesIn({ x, y, width, height }: Area): readonly NodeId[] {
    return this.nodes
      .filter(
        (node) =>
          node.x < x + width &&
          node.y < y + height &&
          node.x + node.width > x &&
          node.y + node.height > y,
      )
      .map(({ id }) => id);
  }
}

/** In how many straight pieces a wire is compared with a point. */
const pieces = 32;

function distanceTo(wire: Curve, { x, y }: Position): number {
  let nearest = Infinity;
  let start = onCurve(wire, 0);
  for (let piece = 1; piece <= pieces; piece++) {
    const end = onCurve(wire, piece / pieces);
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const along = ((x - start.x) * dx + (y - start.y) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(start.x + share * dx - x, start.y + share * dy - y));
    start = end;
  }
  return nearest;
}

import {
  type Detours,
  detoursOf,
  type GraphDocument,
  indexOf,
  mostCompared,
  type NodeId,
  noDetours,
  nodeId,
  type Obstacle,
  obstacleRoom,
  type Position,
  type RoutedWire,
} from '#graph';
import type { Registry } from '#ops';
import type { FlowNode } from './flow-nodes.ts';
import { handlesOf } from './geometry.ts';

/** How the wires of a document pass its nodes as they are drawn; nodes under the hand are in nobody's way. */
export function detoursIn(
  document: GraphDocument,
  registry: Registry,
  nodes: readonly FlowNode[],
  moving: ReadonlyMap<NodeId, Position>,
): Detours {
  const drawn = nodes.filter(({ hidden, measured }) => !hidden && measured?.width);
  if (drawn.length * document.wires.length > mostCompared) return noDetours;
  const known = new Map(drawn.map((node) => [node.id, node]));
  const index = indexOf(document);
  const portAt = (id: NodeId, port: string, side: 'source' | 'target'): Position | undefined => {
    const [flow, node] = [known.get(id), index.nodes.get(id)];
    if (!flow || !node) return undefined;
    const { width = 0, height = 0 } = flow.measured ?? {};
    const handle = handlesOf(document, node, registry.get(node.op), { width, height }).find(
      (each) => each.type === side && (side === 'source' || each.id === port),
    );
    if (!handle) return undefined;
    const x = flow.position.x + handle.x + (side === 'source' ? (handle.width ?? 0) : 0);
    return { x, y: flow.position.y + handle.y + (handle.height ?? 0) / 2 };
  };
  const wires = document.wires.flatMap(({ id, from, to }): RoutedWire[] => {
    const [start, end] = [
      portAt(from.node, from.port, 'source'),
      portAt(to.node, to.port, 'target'),
    ];
    if (!start || !end) return [];
    const curve = { x0: start.x, y0: start.y, x3: end.x, y3: end.y };
    return [{ id, from: from.node, to: to.node, curve }];
  });
  const obstacles = drawn.flatMap(({ id, type, position, measured }): Obstacle[] => {
    if (moving.has(nodeId(id)) || type === 'outside') return [];
    const { width = 0, height = 0 } = measured ?? {};
    const below = type === 'operation' ? obstacleRoom.caption : obstacleRoom.below;
    return [
      {
        id,
        left: position.x - obstacleRoom.side,
        top: position.y - obstacleRoom.above,
        right: position.x + width + obstacleRoom.side,
        bottom: position.y + height + below,
        edge: position.y + height,
      },
    ];
  });
  return detoursOf(wires, obstacles);
}

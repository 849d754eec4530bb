import type { Cut, GraphDocument, GraphNode, NodeId, Position, Room } from '../document.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What stays free around the parts of a composite: a frame with a title is drawn there. */
const margin = 48;

/**
 * Where the parts of a composite go, and how the rest of the canvas makes way. The parts begin where
 * the node stood and are centred on its row. What stands to the right moves right by as much as they
 * are wider; what stands above and below makes way where it would lie under them. Every cut keeps the
 * order of what it moves, so nothing that did not overlap does now, and it can be undone.
 */
export function makeRoom(
  document: GraphDocument,
  node: GraphNode,
  parts: Size,
  sizeOf: (id: NodeId) => Size,
): Room {
  const { x, y } = node.position;
  const { width, height } = sizeOf(node.id);
  const corner = { x, y: Math.round(y + (height - parts.height) / 2) };
  const cuts: Cut[] = [];
  const wider = Math.ceil(parts.width - width);
  if (wider > 0) cuts.push({ side: 'right', at: x + width, by: wider });
  const higher = Math.ceil((parts.height - height) / 2) + margin;
  const others = document.nodes.filter(({ id }) => id !== node.id);
  const underneath = others.filter(({ id, position }) => {
    const right = position.x + sizeOf(id).width;
    return position.x < x + width && right > x - margin;
  });
  const above = y - height;
  const inTheWay = (from: number, to: number) =>
    underneath.some(({ position }) => position.y > from && position.y < to);
  if (inTheWay(above - higher, above + 1)) cuts.push({ side: 'above', at: above, by: higher });
  if (inTheWay(y + height - 1, y + height + higher)) {
    cuts.push({ side: 'below', at: y + height, by: higher });
  }
  return { corner, cuts };
}

/** Where everything but `except` stands after the cuts. */
export function afterCuts(
  document: GraphDocument,
  cuts: readonly Cut[],
  except: ReadonlySet<NodeId>,
): Map<NodeId, Position> {
  const moved = new Map<NodeId, Position>();
  for (const { id, position } of document.nodes) {
    if (except.has(id)) continue;
    const after = cuts.reduce(cutThrough, position);
    if (after.x !== position.x || after.y !== position.y) moved.set(id, after);
  }
  return moved;
}

const directions = {
  right: { axis: 'x', sign: 1 },
  below: { axis: 'y', sign: 1 },
  above: { axis: 'y', sign: -1 },
} as const;

function cutThrough(position: Position, { side, at, by }: Cut): Position {
  const { axis, sign } = directions[side];
  if (sign * (position[axis] - at) < 0) return position;
  return { ...position, [axis]: position[axis] + sign * by };
}

/**
 * The cuts that take back those of `room`, now that its corner lies at `corner`. A cut in whose gap
 * somebody has put a node since is left as it is.
 */
export function takenBack(
  document: GraphDocument,
  room: Room,
  corner: Position,
  except: ReadonlySet<NodeId>,
): readonly Cut[] {
  return room.cuts.flatMap(({ side, at, by }) => {
    const { axis, sign } = directions[side];
    const edge = at + corner[axis] - room.corner[axis];
    const filled = document.nodes.some(({ id, position }) => {
      const beyond = sign * (position[axis] - edge);
      return !except.has(id) && beyond >= 0 && beyond < by;
    });
    return filled ? [] : [{ side, at: edge + sign * by, by: -by }];
  });
}

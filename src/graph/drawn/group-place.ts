import { type GraphDocument, indexOf, type NodeId, type Position } from '../document.ts';
import type { Group } from '../groups/view.ts';
import type { Rect } from './frame-boxes.ts';

type Size = Pick<Rect, 'width' | 'height'>;
type Positions = ReadonlyMap<NodeId, Position>;

/** The sizes of nodes, as far as they are known. */
export interface Sizes {
  get(node: NodeId): Size | undefined;
}

export const groupWidth = 156;
const header = 46;
export const groupPortRoom = 24;
const footer = 10;
const usual: Size = { width: 96, height: 76 };

export function groupHeight({ inputs, outputs }: Group): number {
  return header + Math.max(inputs.length, outputs.length, 1) * groupPortRoom + footer;
}

/** How far below its upper edge a group's port stands, counted from 0. */
export function groupPortTop(at: number): number {
  return header + (at + 0.5) * groupPortRoom;
}

/** Where a group is drawn: in the middle of what it holds; copies of it are where the first is. */
export function groupPlace(
  group: Group,
  document: GraphDocument,
  moving: Positions,
  sizes: Sizes,
): Position {
  const { nodes } = indexOf(document);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const { nodes: members, repeats = 1 } = group.frame;
  for (const id of members.slice(0, Math.ceil(members.length / repeats))) {
    const position = moving.get(id) ?? nodes.get(id)?.position;
    if (!position) continue;
    const { width, height } = sizes.get(id) ?? usual;
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x + width);
    bottom = Math.max(bottom, position.y + height);
  }
  return {
    x: Math.round((left + right - groupWidth) / 2),
    y: Math.round((top + bottom - groupHeight(group)) / 2),
  };
}

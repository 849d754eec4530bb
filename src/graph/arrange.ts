import type { NodeId, Position } from './document.ts';

/** A node's place and size on the canvas. */
export interface Box extends Position {
  readonly width: number;
  readonly height: number;
}

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';

type Boxes = ReadonlyMap<NodeId, Box>;

/** What of a box is brought in line: its left edge at 0, its middle at 1/2, its right edge at 1. */
const parts: Readonly<Record<Alignment, { readonly axis: 'x' | 'y'; readonly part: number }>> = {
  left: { axis: 'x', part: 0 },
  center: { axis: 'x', part: 0.5 },
  right: { axis: 'x', part: 1 },
  top: { axis: 'y', part: 0 },
  middle: { axis: 'y', part: 0.5 },
  bottom: { axis: 'y', part: 1 },
};

/** Upper left corners that bring the boxes in line with the edge, or the middle, of what they cover together. */
export function align(boxes: Boxes, how: Alignment): Map<NodeId, Position> {
  const { axis, part } = parts[how];
  const all = [...boxes.values()];
  const start = Math.min(...all.map((box) => box[axis]));
  const end = Math.max(...all.map((box) => box[axis] + lengthOf(box, axis)));
  const line = start + (end - start) * part;
  return moved(boxes, axis, (box) => line - lengthOf(box, axis) * part);
}

/** Upper left corners that leave equal gaps between neighbours; the outermost two stay. */
export function distribute(boxes: Boxes, axis: 'x' | 'y'): Map<NodeId, Position> {
  const middle = (box: Box) => box[axis] + lengthOf(box, axis) / 2;
  const ordered = [...boxes].toSorted(([, a], [, b]) => middle(a) - middle(b));
  const [first, last] = [ordered[0]?.[1], ordered.at(-1)?.[1]];
  if (!first || !last || ordered.length < 3) return new Map();
  const covered = ordered.reduce((sum, [, box]) => sum + lengthOf(box, axis), 0);
  const room = last[axis] + lengthOf(last, axis) - first[axis];
  const gap = (room - covered) / (ordered.length - 1);
  const places = new Map<NodeId, number>();
  let next = first[axis];
  for (const [id, box] of ordered) {
    places.set(id, next);
    next += lengthOf(box, axis) + gap;
  }
  return moved(boxes, axis, (box, id) => places.get(id) ?? box[axis]);
}

function lengthOf({ width, height }: Box, axis: 'x' | 'y'): number {
  return axis === 'x' ? width : height;
}

function moved(
  boxes: Boxes,
  axis: 'x' | 'y',
  placeOf: (box: Box, id: NodeId) => number,
): Map<NodeId, Position> {
  return new Map(
    [...boxes].map(([id, box]) => {
      const { x, y } = box;
      return [id, { x, y, [axis]: Math.round(placeOf(box, id)) }];
    }),
  );
}

/** A line along which a dragged box stands in line with others, from one end to the other. */
export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  /** How far the dragged box is moved for it. */
  readonly by: Position;
  readonly guides: readonly Guide[];
}

const edges = [0, 0.5, 1] as const;

/** Brings a dragged box in line with the nearest edges and middles of others, none further away than `within`. */
export function snap(dragged: Box, others: readonly Box[], within: number): Snapped {
  const x = nearest(dragged, others, 'x', within);
  const y = nearest(dragged, others, 'y', within);
  const by = { x: x ?? 0, y: y ?? 0 };
  const landed = { ...dragged, x: dragged.x + by.x, y: dragged.y + by.y };
  return {
    by,
    guides: [
      ...(x === null ? [] : guidesOf(landed, others, 'x')),
      ...(y === null ? [] : guidesOf(landed, others, 'y')),
    ],
  };
}

/** The smallest move along the axis that brings it in line; middles rather than edges that are as near. */
function nearest(
  dragged: Box,
  others: readonly Box[],
  axis: 'x' | 'y',
  within: number,
): number | null {
  let best: number | null = null;
  for (const part of [0.5, 0, 1] as const) {
    const own = dragged[axis] + lengthOf(dragged, axis) * part;
    for (const other of others) {
      const by = other[axis] + lengthOf(other, axis) * part - own;
      if (Math.abs(by) <= within && (best === null || Math.abs(by) < Math.abs(best) - 0.5)) {
        best = by;
      }
    }
  }
  return best;
}

function guidesOf(landed: Box, others: readonly Box[], axis: 'x' | 'y'): readonly Guide[] {
  const across = axis === 'x' ? 'y' : 'x';
  return edges.flatMap((part) => {
    const at = landed[axis] + lengthOf(landed, axis) * part;
    const inLine = others.filter(
      (other) => Math.abs(other[axis] + lengthOf(other, axis) * part - at) < 0.5,
    );
    if (inLine.length === 0) return [];
    const ends = [landed, ...inLine].flatMap((box) => [
      box[across],
      box[across] + lengthOf(box, across),
    ]);
    return [{ axis, at, from: Math.min(...ends), to: Math.max(...ends) }];
  });
}

import type { Rect } from '@xyflow/react';
import type { Frame, GraphView, NodeId } from '#graph';
import type { FlowNode } from './flow-nodes.ts';
import { groupNodeId } from './shown-ids.ts';

export interface FrameBox extends Rect {
  readonly frame: Frame;
}

/** Room around the nodes: the header above, the nodes' captions below. */
const around = { left: 28, top: 52, right: 28, bottom: 56 };
/** Around a frame inside, whose own room is there already. */
const aroundInner = { left: 16, top: 44, right: 16, bottom: 16 };

const usual = { width: 96, height: 76 };

/** Where nodes are drawn; those of a folded group, where the group is. */
export function drawnRects(
  nodes: readonly FlowNode[],
  view: GraphView | undefined,
): (id: NodeId) => Rect | undefined {
  const rects = new Map<string, Rect>(
    nodes.map(({ id, position, measured }) => {
      const { width = usual.width, height = usual.height } = measured ?? {};
      return [id, { ...position, width, height }];
    }),
  );
  return (id) => {
    const group = view?.groupOf.get(id);
    return rects.get(group === undefined ? id : groupNodeId(group));
  };
}

/** Where the frames lie on the canvas: each around its nodes and around the frames inside it. Outer ones come first. */
export function frameBoxes(
  frames: readonly Frame[],
  rectOf: (id: NodeId) => Rect | undefined,
): readonly FrameBox[] {
  const boxes: FrameBox[] = [];
  // The smaller a frame, the further inside; of equal ones, what was expanded later is inside.
  const inwards = frames.toReversed().toSorted((a, b) => a.nodes.length - b.nodes.length);
  for (const frame of inwards) {
    const nodes = new Set(frame.nodes);
    const rects = frame.nodes.flatMap((id) => grown(rectOf(id), around) ?? []);
    const inner = boxes
      .filter((box) => box.frame.nodes.every((id) => nodes.has(id)))
      .flatMap((box) => grown(box, aroundInner) ?? []);
    const box = union([...rects, ...inner]);
    if (box) boxes.push({ ...box, frame });
  }
  return boxes.reverse();
}

function grown(rect: Rect | undefined, by: typeof around): Rect | undefined {
  if (!rect) return undefined;
  return {
    x: rect.x - by.left,
    y: rect.y - by.top,
    width: rect.width + by.left + by.right,
    height: rect.height + by.top + by.bottom,
  };
}

function union(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined;
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  };
}

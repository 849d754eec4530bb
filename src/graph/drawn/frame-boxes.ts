import type { Frame, NodeId } from '../document.ts';

/** A box on the canvas: its upper left corner and its size. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FrameBox extends Rect {
  readonly frame: Frame;
}

/** Room around the nodes: the header above, the nodes' captions below. */
const around = { left: 28, top: 52, right: 28, bottom: 56 };
/** Around a frame inside, whose own room is there already. */
const aroundInner = { left: 16, top: 44, right: 16, bottom: 16 };

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

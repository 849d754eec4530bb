import { type FrameId, type NodeId, nodeId, type Position } from '#graph';
import type { EditorStore } from '../store/index.ts';
import type { FlowNode } from './flow-nodes.ts';
import { frameBoxes } from './frame-boxes.ts';
import { shownView } from './view.ts';

const usual = { width: 96, height: 76 };

/**
 * The innermost frame on which nodes are let go that are no part of it yet: all of them with their middles. One that
 * holds an expansion takes none: it could not be collapsed any more.
 */
export function frameUnder(
  state: EditorStore,
  nodes: readonly FlowNode[],
  dropped: ReadonlyMap<NodeId, Position>,
): FrameId | null {
  const all = shownView(state)?.frames ?? state.trace.document.frames;
  const frames = all.filter(
    ({ composite, nodes: members }) => !composite && !members.some((id) => dropped.has(id)),
  );
  if (frames.length === 0 || state.replicas) return null;
  const rects = new Map(
    nodes.map(({ id, position, measured }) => [
      nodeId(id),
      {
        ...position,
        width: measured?.width ?? usual.width,
        height: measured?.height ?? usual.height,
      },
    ]),
  );
  const boxes = frameBoxes(frames, (id) => rects.get(id));
  const found = boxes.findLast((box) =>
    [...dropped].every(([id, { x, y }]) => {
      const { width, height } = rects.get(id) ?? usual;
      const [middleX, middleY] = [x + width / 2, y + height / 2];
      return (
        middleX > box.x &&
        middleX < box.x + box.width &&
        middleY > box.y &&
        middleY < box.y + box.height
      );
    }),
  );
  return found?.frame.id ?? null;
}

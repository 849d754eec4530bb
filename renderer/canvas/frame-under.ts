import type { FrameId, NodeId, Position } from '#graph';
import type { EditorStore } from '../store/index.ts';
import type { FlowNode } from './flow-nodes.ts';
import { drawnRects, frameBoxes } from './frame-boxes.ts';
import { shownView } from './view.ts';

/**
 * The innermost frame on which nodes are let go that are no part of it yet: all of them with their middles. One that
 * holds an expansion takes none: it could not be collapsed any more.
 */
export function frameUnder(
  state: EditorStore,
  nodes: readonly FlowNode[],
  dropped: ReadonlyMap<NodeId, Position>,
): FrameId | null {
  const view = shownView(state);
  const frames = (view?.frames ?? state.trace.document.frames).filter(
    ({ composite, nodes: members }) => !composite && !members.some((id) => dropped.has(id)),
  );
  if (frames.length === 0 || state.replicas) return null;
  const rectOf = drawnRects(nodes, view);
  const boxes = frameBoxes(frames, rectOf);
  const found = boxes.findLast((box) =>
    [...dropped].every(([id, { x, y }]) => {
      const { width = 0, height = 0 } = rectOf(id) ?? {};
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

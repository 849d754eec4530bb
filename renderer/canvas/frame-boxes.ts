import type { GraphView, NodeId, Rect } from '#graph';
import type { FlowNode } from './flow-nodes.ts';
import { groupNodeId } from './shown-ids.ts';

export { type FrameBox, frameBoxes } from '#graph';

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

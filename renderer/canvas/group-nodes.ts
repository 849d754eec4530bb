import {
  type FrameId,
  type GraphDocument,
  type GraphView,
  groupHeight,
  groupPlace,
  groupPortRoom,
  groupWidth,
  indexOf,
  type NodeId,
  type Outside,
  type Position,
  type Sizes,
} from '#graph';
import { outputName } from '../format/names.ts';
import type { Selection } from '../store/index.ts';
import { grouping } from '../strings/en-grouping.ts';
import type { FlowNode, Size } from './flow-nodes.ts';
import { groupNodeId, outsideNodeId } from './shown-ids.ts';

export { groupHeight, groupPlace, groupPortTop, groupWidth } from '#graph';

const usual: Size = { width: 96, height: 76 };
const outsideSize: Size = { width: 96, height: 34 };
/** Between what is seen from inside a frame and what lies outside of it. */
const gap = 150;

type Positions = ReadonlyMap<NodeId, Position>;

/** What React Flow is given for the groups, and for what lies outside of the frame that is seen from inside. */
export function extraNodes(
  view: GraphView,
  document: GraphDocument,
  selection: Selection,
  moving: Positions,
  sizes: Sizes,
): readonly FlowNode[] {
  const groups = view.groups.map((group): FlowNode => {
    const { id, title, nodes, repeats } = group.frame;
    const place = groupPlace(group, document, moving, sizes);
    const size = { width: groupWidth, height: groupHeight(group) };
    return flowNode(groupNodeId(id), 'folded', place, size, {
      selected: nodes.every((node) => selection.nodes.has(node)),
      ariaLabel: grouping.spoken(title, nodes.length, repeats),
    });
  });
  return [...groups, ...outsideNodes(view, document, moving, sizes)];
}

function flowNode(
  id: string,
  type: 'folded' | 'outside',
  { x, y }: Position,
  measured: Size,
  more: Partial<FlowNode>,
): FlowNode {
  return {
    id,
    type,
    data: {},
    position: { x, y },
    style: { transform: 'none', left: x, top: y },
    measured,
    ...more,
  };
}

/** In a column before or behind what is drawn, in the order of what they are connected to. */
function outsideNodes(
  view: GraphView,
  document: GraphDocument,
  moving: Positions,
  sizes: Sizes,
): readonly FlowNode[] {
  if (view.outside.length === 0) return [];
  const places = new Map<FrameId | NodeId, Position & Size>();
  for (const { id, position } of view.nodes) {
    places.set(id, { ...(moving.get(id) ?? position), ...(sizes.get(id) ?? usual) });
  }
  for (const group of view.groups) {
    const place = groupPlace(group, document, moving, sizes);
    places.set(group.frame.id, { ...place, width: groupWidth, height: groupHeight(group) });
  }
  const drawn = [...places.values()];
  const left = Math.min(...drawn.map(({ x }) => x)) - gap - outsideSize.width;
  const right = Math.max(...drawn.map(({ x, width }) => x + width)) + gap;
  const { nodes } = indexOf(document);
  return (['before', 'behind'] as const).flatMap((side) => {
    const column = view.outside
      .filter((each) => each.side === side)
      .map((each) => ({ each, y: middleOf(each, view, places) }))
      .toSorted((a, b) => a.y - b.y);
    let next = -Infinity;
    return column.map(({ each, y }) => {
      const top = Math.max(next, y - outsideSize.height / 2);
      next = top + outsideSize.height + groupPortRoom;
      const node = nodes.get(each.node);
      const place = { x: Math.round(side === 'before' ? left : right), y: Math.round(top) };
      return flowNode(outsideNodeId(side, each.node), 'outside', place, outsideSize, {
        selectable: false,
        draggable: false,
        focusable: false,
        connectable: false,
        ariaLabel: grouping.outside(node ? outputName(node) : each.node),
      });
    });
  });
}

/** How high what it is connected to lies, on average. */
function middleOf(
  { node, side }: Outside,
  view: GraphView,
  places: ReadonlyMap<FrameId | NodeId, Position & Size>,
): number {
  const heights = view.wires.flatMap(({ wire, from, to }) => {
    const [own, other] = side === 'before' ? [wire.from.node, to] : [wire.to.node, from];
    if (own !== node || other.kind === 'outside') return [];
    const place = places.get(other.kind === 'group' ? other.frame : other.node);
    return place ? [place.y + place.height / 2] : [];
  });
  return heights.reduce((sum, y) => sum + y, 0) / Math.max(1, heights.length);
}

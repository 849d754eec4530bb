import {
  type Endpoint,
  type FrameId,
  frameId,
  type GraphDocument,
  insidePort,
  type NodeId,
  nodeId,
} from '#graph';

/** What React Flow draws besides the document's nodes has ids of its own, which no node of a file has. */
const groupMark = 'group\u001f';
const outsideMark = 'outside\u001f';

export function groupNodeId(frame: FrameId): string {
  return `${groupMark}${frame}`;
}

export function outsideNodeId(side: 'before' | 'behind', node: NodeId): string {
  return `${outsideMark}${side}\u001f${node}`;
}

/** The frame that a drawn node stands for; null where it stands for itself. */
export function frameDrawn(id: string): FrameId | null {
  return id.startsWith(groupMark) ? frameId(id.slice(groupMark.length)) : null;
}

/** Whether a drawn node is one that lies outside of the frame which is seen from inside. */
export function isOutside(id: string): boolean {
  return id.startsWith(outsideMark);
}

/** The document's nodes that a drawn one stands for. */
export function nodesDrawn({ frames }: GraphDocument, id: string): readonly NodeId[] {
  const frame = frameDrawn(id);
  if (frame !== null) return frames.find((each) => each.id === frame)?.nodes ?? [];
  return isOutside(id) ? [] : [nodeId(id)];
}

/** The document's port that a drawn one stands for. */
export function endpointDrawn(id: string | null, port: string | null | undefined): Endpoint {
  if (id !== null && frameDrawn(id) !== null) return insidePort(port ?? '');
  return { node: nodeId(id ?? ''), port: port ?? '' };
}

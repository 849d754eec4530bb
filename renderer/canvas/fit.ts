import type { Rect } from '@xyflow/react';
import {
  type DocumentIndex,
  type GraphDocument,
  indexOf,
  type NodeId,
  type Position,
} from '#graph';
import type { Size } from './flow-nodes.ts';
import { frameBoxes } from './frame-boxes.ts';

/** What stands around a node's box: results to its right, its caption below, sums and names above, a source's sum below. */
const around = { left: 12, top: 24, right: 20, bottom: 44, result: 110, tensor: 90 };
/** What grows with what is written: a source's sum to its left, value and gradient of the loss. */
const written = { sum: 48, loss: 92 };
/** The rest of a loss's read-out. */
const lossPill = 200;

const usual: Size = { width: 96, height: 76 };

/** The rectangle that holds the graph with everything that is written around its nodes. */
export function graphBounds(
  document: GraphDocument,
  sizeOf: (id: string) => Partial<Size> | undefined,
  /** Whether a node's result is more than one number, and its read-out wider. */
  isTensor: (id: NodeId) => boolean = () => false,
  /** By how much what is written is enlarged. */
  scale = 1,
  /** What is drawn besides. */
  extra: readonly Rect[] = [],
): Rect | undefined {
  const index = indexOf(document);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const rectOf = (id: NodeId): Rect | undefined => {
    const position = index.nodes.get(id)?.position;
    const { width = usual.width, height = usual.height } = sizeOf(id) ?? {};
    return position && { ...position, width, height };
  };
  for (const { id, position } of document.nodes) {
    const { width = usual.width, height = usual.height } = sizeOf(id) ?? {};
    const { x, y }: Position = position;
    const adds = (index.outgoing.get(id)?.length ?? 0) > 1 && !index.incoming.get(id)?.size;
    left = Math.min(left, x - around.left - (adds ? written.sum * scale : 0));
    top = Math.min(top, y - around.top);
    const room = beside(document, index, id, scale) + (isTensor(id) ? around.tensor : 0);
    right = Math.max(right, x + width + room);
    bottom = Math.max(bottom, y + height + around.bottom);
  }
  for (const box of frameBoxes(document.frames, rectOf)) {
    left = Math.min(left, box.x - around.left);
    top = Math.min(top, box.y - around.left);
    right = Math.max(right, box.x + box.width + around.right);
    bottom = Math.max(bottom, box.y + box.height + around.left);
  }
  for (const box of extra) {
    left = Math.min(left, box.x - around.left);
    top = Math.min(top, box.y - around.left);
    right = Math.max(right, box.x + box.width + around.right);
    bottom = Math.max(bottom, box.y + box.height + around.left);
  }
  if (left > right) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function beside(
  { loss }: GraphDocument,
  { outgoing, incoming }: DocumentIndex,
  id: NodeId,
  scale: number,
): number {
  const isSink = (outgoing.get(id)?.length ?? 0) === 0 && (incoming.get(id)?.size ?? 0) > 0;
  if (!isSink) return around.right;
  return loss?.node === id ? lossPill + written.loss * scale : around.result;
}

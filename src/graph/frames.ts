import type { Frame, FrameId, GraphDocument, NodeId } from './document.ts';
import type { Edit } from './edits.ts';
import { GraphError } from './errors.ts';

/** The frames once nodes are gone: they shrink, and a frame without nodes goes as well. */
export function framesWithout(
  frames: readonly Frame[],
  gone: ReadonlySet<NodeId>,
): readonly Frame[] {
  return changed(frames, gone, (nodes) => nodes.filter((id) => !gone.has(id)));
}

/**
 * The frames once nodes stand in the place of others: a frame that held all of those holds these
 * instead, in their place; others shrink.
 */
export function framesReplacing(
  frames: readonly Frame[],
  gone: ReadonlySet<NodeId>,
  by: readonly NodeId[],
): readonly Frame[] {
  return changed(frames, gone, (nodes) => {
    const first = nodes.findIndex((id) => gone.has(id));
    const kept = nodes.filter((id) => !gone.has(id));
    const whole = nodes.length - kept.length === gone.size;
    return whole ? kept.toSpliced(first, 0, ...by) : kept;
  });
}

function changed(
  frames: readonly Frame[],
  gone: ReadonlySet<NodeId>,
  change: (nodes: readonly NodeId[]) => readonly NodeId[],
): readonly Frame[] {
  if (!frames.some(({ nodes }) => nodes.some((id) => gone.has(id)))) return frames;
  return frames.flatMap((frame) => {
    if (!frame.nodes.some((id) => gone.has(id))) return [frame];
    const nodes = change(frame.nodes);
    return nodes.length > 0 ? [{ ...frame, nodes }] : [];
  });
}

/** The document with one more frame. Throws `GraphError` where its id is taken or its nodes are not there. */
export function withFrame(document: GraphDocument, frame: Frame): GraphDocument {
  if (document.frames.some(({ id }) => id === frame.id)) {
    throw new GraphError('bad-edit', `There is a frame “${frame.id}” already.`);
  }
  const known = new Set(document.nodes.map(({ id }) => id));
  if (frame.nodes.length === 0 || !frame.nodes.every((id) => known.has(id))) {
    throw new GraphError('bad-edit', 'A frame needs nodes, and they must be in the document.');
  }
  return { ...document, frames: [...document.frames, frame] };
}

/** The frames with another title, colour or state of one of them. */
export function framesSet(
  frames: readonly Frame[],
  { frame: id, title, color, folded }: Edit & { readonly type: 'setFrame' },
): readonly Frame[] {
  return frames.map((frame) => {
    if (frame.id !== id) return frame;
    return {
      ...frame,
      ...(title === undefined ? {} : { title }),
      ...(color === undefined ? {} : { color: color || undefined }),
      ...(folded === undefined ? {} : { folded: folded || undefined }),
    };
  });
}

/** The document with more nodes in a frame. Throws `GraphError` where they, or the frame, are not there. */
export function withMembers(
  document: GraphDocument,
  id: FrameId,
  nodes: readonly NodeId[],
): GraphDocument {
  const known = new Set(document.nodes.map((node) => node.id));
  const found = document.frames.some((frame) => frame.id === id);
  if (!found || !nodes.every((node) => known.has(node))) {
    throw new GraphError('bad-edit', `There is no frame “${id}” for these nodes.`);
  }
  return {
    ...document,
    frames: document.frames.map((frame) =>
      frame.id === id ? { ...frame, nodes: [...new Set([...frame.nodes, ...nodes])] } : frame,
    ),
  };
}

/** The document with fewer nodes in a frame, which goes with its last one. */
export function withoutMembers(
  document: GraphDocument,
  id: FrameId,
  nodes: readonly NodeId[],
): GraphDocument {
  const gone = new Set(nodes);
  const frames = document.frames.flatMap((frame) => {
    if (frame.id !== id) return [frame];
    const kept = frame.nodes.filter((node) => !gone.has(node));
    return kept.length > 0 ? [{ ...frame, nodes: kept }] : [];
  });
  return { ...document, frames };
}

import {
  collapseFrame,
  collapseRefusal,
  expandNode,
  expandRefusal,
  type Frame,
  type FrameId,
  type GraphDocument,
  type GraphError,
  type NodeId,
} from '#graph';
import { insight } from '../strings/en-insight.ts';
import type { Selection } from './selection.ts';
import type { EditorApi } from './store.ts';

/** Takes a composite apart and selects its parts; the refusal where that is not possible. */
export function expandNodeOf(store: EditorApi, id: NodeId): GraphError | null {
  const { editor, registry, edit, select, announce } = store.getState();
  const refused = expandRefusal(editor.document, registry, id);
  if (refused) return refused;
  const { label, edits } = expandNode(editor.document, registry, id);
  const error = edit(label, edits);
  if (error) return error;
  const frame = store.getState().editor.document.frames.at(-1);
  select({ nodes: new Set(frame?.nodes) });
  announce(label);
  return null;
}

/** Puts a composite back in the place of its parts and selects it. */
export function collapseFrameOf(store: EditorApi, id: FrameId): GraphError | null {
  const { editor, registry, edit, select, announce } = store.getState();
  const refused = collapseRefusal(editor.document, registry, id);
  if (refused) return refused;
  const { label, edits } = collapseFrame(editor.document, registry, id);
  const error = edit(label, edits);
  if (error) return error;
  const made = edits.flatMap((each) => (each.type === 'replaceNodes' ? each.by : []));
  select({ nodes: new Set(made.map((node) => node.id)) });
  announce(label);
  return null;
}

/** The innermost frame that holds all of the selected nodes; one that can be collapsed comes first. */
export function frameOfSelection(
  { frames, wires }: GraphDocument,
  selection: Selection,
): Frame | undefined {
  const nodes = new Set(selection.nodes);
  for (const { id, from } of wires) if (selection.wires.has(id)) nodes.add(from.node);
  if (nodes.size === 0) return undefined;
  return frames
    .filter((frame) => [...nodes].every((id) => frame.nodes.includes(id)))
    .toSorted((a, b) => rank(a) - rank(b))[0];
}

function rank({ composite, nodes }: Frame): number {
  return nodes.length + (composite ? 0 : 1e6);
}

/** The frame whose nodes are exactly what is selected. */
export function selectedFrame(
  { frames }: GraphDocument,
  { nodes, wires }: Selection,
): Frame | undefined {
  if (wires.size > 0) return undefined;
  return frames.findLast(
    (frame) => frame.nodes.length === nodes.size && frame.nodes.every((id) => nodes.has(id)),
  );
}

/** The command: one selected node is taken apart. Why not, as one sentence. */
export function expandSelected(store: EditorApi): string | undefined {
  const { selection } = store.getState();
  const [node] = selection.nodes;
  if (!node || selection.nodes.size > 1) return insight.composites.selectNode;
  return expandNodeOf(store, node)?.message;
}

/** The command: the frame around what is selected is put back. Why not, as one sentence. */
export function collapseSelected(store: EditorApi): string | undefined {
  const { selection, editor } = store.getState();
  const frame = frameOfSelection(editor.document, selection);
  if (!frame) return insight.composites.selectFrame;
  return collapseFrameOf(store, frame.id)?.message;
}

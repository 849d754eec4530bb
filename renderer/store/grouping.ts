import {
  type Frame,
  type FrameId,
  freshFrameId,
  GraphError,
  indexOf,
  innermostFrame,
  type NodeId,
  type Position,
  pathTo,
  repeatFrame,
  viewOf,
} from '#graph';
import { grouping } from '../strings/en-grouping.ts';
import { frameOfSelection, selectedFrame } from './composites.ts';
import type { EditorApi, EditorStore } from './store.ts';

/** The command: puts a frame around the selected nodes. Why not, as one sentence. */
export function groupSelected(store: EditorApi): string | undefined {
  const { editor, selection, edit, announce } = store.getState();
  const nodes = editor.document.nodes.map(({ id }) => id).filter((id) => selection.nodes.has(id));
  if (nodes.length === 0) return grouping.selectNodes;
  const id = freshFrameId(editor.document, 'frame');
  const title = freshTitle(editor.document.frames);
  const refused = edit(grouping.group(nodes.length), [
    { type: 'addFrame', frame: { id, title, nodes } },
  ]);
  if (!refused) announce(grouping.grouped(title, nodes.length));
  return refused?.message;
}

/** The command: takes away the frame around the selection; its nodes stay. Why not, as one sentence. */
export function ungroupSelected(store: EditorApi): string | undefined {
  const { edit } = store.getState();
  const frame = frameOf(store.getState());
  if (!frame) return grouping.selectFramed;
  return edit(grouping.ungroup(frame.title), [{ type: 'removeFrames', frames: [frame.id] }])
    ?.message;
}

/** The command: draws the frame around the selection as one node, or what it holds again. Why not, as one sentence. */
export function foldSelected(store: EditorApi): string | undefined {
  const frame = frameOf(store.getState());
  return frame ? setFolded(store, frame.id, !frame.folded)?.message : grouping.selectFramed;
}

export function setFolded(store: EditorApi, id: FrameId, folded: boolean): GraphError | null {
  const { editor, edit, select, announce } = store.getState();
  const frame = editor.document.frames.find((each) => each.id === id);
  if (!frame) return null;
  const label = folded ? grouping.fold(frame.title) : grouping.unfold(frame.title);
  const refused = edit(label, [{ type: 'setFrame', frame: id, folded }]);
  if (refused) return refused;
  select({ nodes: new Set(frame.nodes) });
  announce(label);
  return null;
}

export function colorFrame(store: EditorApi, id: FrameId, color: string): GraphError | null {
  return store.getState().edit(grouping.color, [{ type: 'setFrame', frame: id, color }]);
}

/** Moves nodes into a group, and into those around it, as one step. */
export function moveInto(
  store: EditorApi,
  positions: ReadonlyMap<NodeId, Position>,
  id: FrameId,
): GraphError | null {
  const { editor, edit, announce } = store.getState();
  const path = pathTo(editor.document, id);
  const title = path.at(-1)?.title ?? '';
  const nodes = [...positions.keys()];
  const refused = edit(grouping.moveInto(title), [
    { type: 'moveNodes', positions },
    ...path.map((frame) => ({ type: 'joinFrame', frame: frame.id, nodes }) as const),
  ]);
  if (!refused) announce(grouping.moveInto(title));
  return refused;
}

/** The command: takes the selected nodes out of the innermost group around them. Why not, as one sentence. */
export function takeOutSelected(store: EditorApi): string | undefined {
  const { editor, selection, edit, announce } = store.getState();
  const { document } = editor;
  const nodes = [...selection.nodes];
  const frame = document.frames
    .filter((each) => nodes.length > 0 && nodes.every((id) => each.nodes.includes(id)))
    .toSorted((a, b) => a.nodes.length - b.nodes.length)
    .find((each) => each.nodes.length > nodes.length);
  if (!frame) return grouping.selectFramed;
  const label = grouping.takeOut(frame.title);
  const refused = edit(label, [{ type: 'leaveFrame', frame: frame.id, nodes }]);
  if (!refused) announce(label);
  return refused?.message;
}

/** Repeats the group around the selection, one copy behind the other. Why not, as one sentence. */
export function repeatSelected(store: EditorApi, count: number): string | undefined {
  const { editor, registry, edit, select, announce } = store.getState();
  const frame = frameOf(store.getState());
  if (!frame) return grouping.selectFramed;
  const edits = repeatFrame(editor.document, registry, frame.id, count);
  if (edits instanceof GraphError) return edits.message;
  const label = grouping.repeat(frame.title, count);
  const refused = edit(label, edits);
  if (refused) return refused.message;
  select({ nodes: new Set(store.getState().editor.document.frames.at(-1)?.nodes) });
  announce(label);
  return undefined;
}

/** The command: shows the frame around the selection from inside. Why not, as one sentence. */
export function enterSelected(store: EditorApi): string | undefined {
  const frame = frameOf(store.getState());
  if (!frame) return grouping.selectFramed;
  enterFrame(store, frame.id);
  return undefined;
}

export function enterFrame(store: EditorApi, id: FrameId | null): void {
  const { enter, editor, announce } = store.getState();
  enter(id);
  const frame = editor.document.frames.find((each) => each.id === id);
  announce(frame ? grouping.entered(frame.title) : grouping.leftAll);
}

/** The command: shows what is around the frame that is seen from inside. Why not, as one sentence. */
export function leaveFrame(store: EditorApi): string | undefined {
  const { inside, editor, select } = store.getState();
  if (inside === null) return grouping.notInside;
  const path = pathTo(editor.document, inside);
  enterFrame(store, path.at(-2)?.id ?? null);
  select({ nodes: new Set(path.at(-1)?.nodes) });
  return undefined;
}

/** Goes where a node is drawn: into the innermost folded frame around it, or out of one that it is not part of. */
export function revealNode(store: EditorApi, id: NodeId): void {
  const { editor, inside, replicas, registry, enter } = store.getState();
  const { document } = editor;
  if (replicas || !indexOf(document).nodes.has(id)) return;
  if (viewOf(document, registry, inside).nodes.some((node) => node.id === id)) return;
  const folded = document.frames.filter((frame) => frame.folded);
  enter(innermostFrame({ ...document, frames: folded }, id)?.id ?? null);
}

/** The frame that the selection is, or else the innermost around it. */
export function frameOf({ editor, selection, inside }: EditorStore): Frame | undefined {
  const { document } = editor;
  const frame = selectedFrame(document, selection) ?? frameOfSelection(document, selection);
  return frame?.id === inside ? undefined : frame;
}

function freshTitle(frames: readonly Frame[]): string {
  const taken = new Set(frames.map(({ title }) => title));
  for (let at = 1; ; at++) {
    const title = grouping.title(at);
    if (!taken.has(title)) return title;
  }
}

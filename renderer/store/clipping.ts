import {
  type Fragment,
  fragmentOf,
  GraphError,
  indexOf,
  insertFragment,
  type NodeId,
  type Position,
  type ReadFragment,
  readFragment,
  shiftBeside,
  writeFragment,
} from '#graph';
import { clipping } from '../strings/en-clipboard.ts';
import { removeSelected } from './gestures.ts';
import type { EditorApi, EditorStore } from './store.ts';

/** The selected nodes of the document itself: replicas are none of them. */
export function copyable({ selection, editor }: EditorStore): ReadonlySet<NodeId> {
  const { nodes } = indexOf(editor.document);
  return new Set([...selection.nodes].filter((id) => nodes.has(id)));
}

/** The selected nodes as text; undefined where there are none. */
export function copySelected(store: EditorApi): string | undefined {
  const state = store.getState();
  const chosen = copyable(state);
  if (chosen.size === 0) return undefined;
  state.announce(clipping.copied(chosen.size));
  return writeFragment(fragmentOf(state.editor.document, chosen), state.registry);
}

/** The same, and they are gone; undefined where nothing was cut. */
export function cutSelected(store: EditorApi): string | undefined {
  const state = store.getState();
  const chosen = copyable(state);
  const text = copySelected(store);
  if (text === undefined) return undefined;
  return removeSelected(store, clipping.cut(chosen.size)) ? undefined : text;
}

export interface PasteOptions {
  /** How far to move it, from where it was copied. */
  readonly shift: (fragment: Fragment) => Position;
  readonly keepIncoming?: boolean;
}

/** Pastes text as one step and selects what came; a sentence where nothing, or not all, could be pasted. */
export function pasteText(
  store: EditorApi,
  text: string,
  { shift, keepIncoming = false }: PasteOptions,
): string | undefined {
  const read = reading(text, store);
  if (read instanceof GraphError) return clipping.refused(read.message);
  const { fragment, repairs } = read;
  const label = clipping.paste(fragment.graph.nodes.length);
  const lost = insert(store, fragment, label, { shift: shift(fragment), keepIncoming });
  if (lost instanceof GraphError) return clipping.refused(lost.message);
  const [first] = repairs;
  const count = fragment.graph.nodes.length;
  if (first) return clipping.partly(count, repairs.length, first.message);
  store.getState().announce(clipping.pasted(count));
  return lost > 0 ? clipping.lost(lost) : undefined;
}

/** A copy of the selected nodes beside them, as one step; the clipboard stays as it is. */
export function duplicateSelected(store: EditorApi): void {
  const state = store.getState();
  const { document } = state.editor;
  const chosen = copyable(state);
  if (chosen.size === 0) return;
  const fragment = fragmentOf(document, chosen);
  const options = { shift: shiftBeside(document, fragment) };
  insert(store, fragment, clipping.duplicate(chosen.size), options);
}

/** How many incoming wires were lost, or why the whole was refused. */
function insert(
  store: EditorApi,
  fragment: Fragment,
  label: string,
  options: Parameters<typeof insertFragment>[3],
): number | GraphError {
  const { editor, registry, edit, select } = store.getState();
  const { edits, nodes, lost } = insertFragment(editor.document, registry, fragment, options);
  const refused = edit(label, edits);
  if (refused) return refused;
  select({ nodes: new Set(nodes) });
  return lost;
}

function reading(text: string, store: EditorApi): ReadFragment | GraphError {
  try {
    return readFragment(text, store.getState().registry);
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

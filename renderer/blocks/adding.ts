import {
  fragmentOf,
  frameId,
  fresh,
  GraphError,
  insertFragment,
  type Position,
  readFragment,
  shiftTo,
  writeFragment,
} from '#graph';
import { copyable, type EditorApi, frameOf } from '../store/index.ts';
import { blocking } from '../strings/en-blocks.ts';
import { type Block, keepBlock } from './blocks.ts';

/** Keeps the selected nodes as a block. Why not, as one sentence. */
export function saveSelected(store: EditorApi, title: string): string | undefined {
  const state = store.getState();
  const chosen = copyable(state);
  if (chosen.size === 0) return blocking.selectNodes;
  const text = writeFragment(fragmentOf(state.editor.document, chosen), state.registry);
  const refused = keepBlock(title, text);
  if (!refused) state.announce(blocking.saved(title.trim()));
  return refused;
}

/** What a block of the selection would be called. */
export function titleOfSelected(store: EditorApi): string {
  return frameOf(store.getState())?.title || blocking.usual;
}

/**
 * Adds a block with its middle at a place, and selects it: as a group of its name, folded, unless it is a single node.
 * Why not, as one sentence.
 */
export function addBlock(store: EditorApi, block: Block, middle: Position): string | undefined {
  const { editor, registry, edit, select, announce } = store.getState();
  const { document } = editor;
  try {
    const { fragment } = readFragment(block.text, registry);
    const shift = shiftTo(document, fragment, middle);
    // The loss of a block is no loss here.
    const graph = { ...fragment.graph, loss: undefined };
    const { edits, nodes } = insertFragment(document, registry, { graph, incoming: [] }, { shift });
    const taken = new Set([...document.frames, ...graph.frames].map(({ id }) => id));
    const id = frameId(fresh('block', (each) => taken.has(frameId(each))));
    const whole = graph.frames.some((frame) => frame.nodes.length === graph.nodes.length);
    const frame = { id, title: block.title, folded: true, nodes };
    const framing = whole || nodes.length < 2 ? [] : [{ type: 'addFrame', frame } as const];
    const refused = edit(blocking.add(block.title), [...edits, ...framing]);
    if (refused) return blocking.damaged(block.title, refused.message);
    select({ nodes: new Set(nodes) });
    announce(blocking.add(block.title));
    return undefined;
  } catch (error) {
    if (error instanceof GraphError) return blocking.damaged(block.title, error.message);
    throw error;
  }
}

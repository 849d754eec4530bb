import type { Registry } from '#ops';
import type { GraphDocument } from './document.ts';
import { applyEdit, type Edit } from './edits.ts';

/** One undoable change: the edits belong together and have one name in the menu. */
export interface Transaction {
  /** What the menu says after “Undo”. */
  readonly label: string;
  readonly edits: readonly Edit[];
  /** Consecutive transactions with the same key become one step (a drag, a slider). */
  readonly mergeKey?: string;
}

interface Step {
  readonly label: string;
  readonly mergeKey: string | undefined;
  /** Before the step where it lies in `past`, after it where it lies in `future`. */
  readonly document: GraphDocument;
}

/**
 * The state of an editor: the document, what undo and redo lead to, and a revision that no two
 * different states of this editor share. Results are keyed by it.
 */
export interface EditorState {
  readonly document: GraphDocument;
  readonly revision: number;
  /** The document as it is in the user's file; compare by identity. */
  readonly saved: GraphDocument | undefined;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

let lastRevision = 0;

/** An editor on `document`; `saved` tells that it comes from a file just as it is. */
export function openEditor(document: GraphDocument, { saved = true } = {}): EditorState {
  return {
    document,
    revision: ++lastRevision,
    saved: saved ? document : undefined,
    past: [],
    future: [],
  };
}

/** Carries out a transaction, whole or not at all. Throws `GraphError` where an edit is refused. */
export function transact(
  state: EditorState,
  transaction: Transaction,
  registry: Registry,
): EditorState {
  const { label, edits, mergeKey } = transaction;
  const document = edits.reduce(
    (current, edit) => applyEdit(current, edit, registry),
    state.document,
  );
  if (edits.length === 0) return state;
  const last = state.past.at(-1);
  const merges = mergeKey !== undefined && last?.mergeKey === mergeKey && state.future.length === 0;
  const past = merges ? state.past : [...state.past, { label, mergeKey, document: state.document }];
  return { ...state, document, revision: ++lastRevision, past, future: [] };
}

/** Takes the last step back; the same state where there is none. */
export function undo(state: EditorState): EditorState {
  const step = state.past.at(-1);
  if (!step) return state;
  return {
    ...state,
    document: step.document,
    revision: ++lastRevision,
    past: state.past.slice(0, -1),
    future: [...state.future, { ...step, document: state.document }],
  };
}

/** Does again what was last taken back; the same state where there is nothing. */
export function redo(state: EditorState): EditorState {
  const step = state.future.at(-1);
  if (!step) return state;
  return {
    ...state,
    document: step.document,
    revision: ++lastRevision,
    past: [...state.past, { ...step, mergeKey: undefined, document: state.document }],
    future: state.future.slice(0, -1),
  };
}

/** Marks the document as what the file holds now. */
export function markSaved(state: EditorState, document: GraphDocument): EditorState {
  return { ...state, saved: document };
}

export function isDirty(state: EditorState): boolean {
  return state.document !== state.saved;
}

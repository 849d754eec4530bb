import { create } from 'zustand';
import { freshNoteId, type Note, type NoteId, type Position } from '#graph';
import { type EditorApi, nothingSelected, removeNote, writeNote } from '../store/index.ts';

interface Editing {
  /** The note whose text is being typed. */
  readonly id: NoteId | null;
  /** A new note, which comes into the document with its first letter. */
  readonly draft: Note | null;
  /** What is typed in one go is one step of undo. */
  readonly mergeKey: string;
}

const nothing = { id: null, draft: null };
const usual = { width: 260, height: 42 };
let goes = 0;

export const noteEditing = create<Editing>()(() => ({ ...nothing, mergeKey: '' }));

/** Puts an empty note there, by its middle, and begins to edit it; not where it would be in the way. */
export function beginNote(store: EditorApi, middle: Position): void {
  const { editor, select, workspace, quiz } = store.getState();
  if (workspace === 'train' || quiz) return;
  const position = {
    x: Math.round(middle.x - usual.width / 2),
    y: Math.round(middle.y - usual.height / 2),
  };
  const id = freshNoteId(editor.document);
  select(nothingSelected);
  editNote(id, { id, text: '', position, width: usual.width });
}

export function editNote(id: NoteId, draft: Note | null = null): void {
  noteEditing.setState({ id, draft, mergeKey: `note ${++goes}` });
}

/** Takes what was typed so far. */
export function typeNote(store: EditorApi, note: Note, text: string): void {
  writeNote(store, note, text, noteEditing.getState().mergeKey);
}

/** Ends editing; a note that is left empty goes. */
export function endNote(store: EditorApi): void {
  const { id, mergeKey } = noteEditing.getState();
  if (id === null) return;
  forgetNote();
  const note = store.getState().editor.document.notes.find((each) => each.id === id);
  if (note && note.text.trim() === '') removeNote(store, id, mergeKey);
}

/** Ends editing where the note is no longer there. */
export function forgetNote(): void {
  noteEditing.setState(nothing);
}

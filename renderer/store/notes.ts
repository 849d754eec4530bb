import type { Note, NoteChanges, NoteId } from '#graph';
import { noting } from '../strings/en-notes.ts';
import type { EditorApi } from './store.ts';

/** What people do to notes, as transactions with their name in the menu. */

/** Writes a note's text; one that is not in the document yet comes into it. */
export function writeNote(store: EditorApi, note: Note, text: string, mergeKey: string): void {
  const { editor, edit } = store.getState();
  if (editor.document.notes.some(({ id }) => id === note.id)) {
    edit(noting.edit, [{ type: 'setNote', note: note.id, changes: { text } }], mergeKey);
  } else {
    edit(noting.add, [{ type: 'addNote', note: { ...note, text } }], mergeKey);
  }
}

/** Moves, resizes or colours a note. */
export function changeNote(
  store: EditorApi,
  note: NoteId,
  changes: NoteChanges,
  label: string,
  mergeKey?: string,
): void {
  store.getState().edit(label, [{ type: 'setNote', note, changes }], mergeKey);
}

export function removeNote(store: EditorApi, note: NoteId, mergeKey?: string): void {
  const { edit, announce } = store.getState();
  if (!edit(noting.remove, [{ type: 'removeNotes', notes: [note] }], mergeKey)) {
    announce(noting.removed);
  }
}

import type { GraphDocument, Note, NoteId } from './document.ts';
import { GraphError } from './errors.ts';

/** What of a note changes; what is not named stays, `undefined` removes it. */
export type NoteChanges = Partial<Pick<Note, 'text' | 'position' | 'width' | 'height' | 'color'>>;

/** The document with one more note. Throws `GraphError` where its id is taken. */
export function withNote(document: GraphDocument, note: Note): GraphDocument {
  if (document.notes.some(({ id }) => id === note.id)) {
    throw new GraphError('bad-edit', `There is a note “${note.id}” already.`);
  }
  return { ...document, notes: [...document.notes, note] };
}

/** The document with a note changed. Throws `GraphError` where there is no such note. */
export function withNoteChanged(
  document: GraphDocument,
  id: NoteId,
  changes: NoteChanges,
): GraphDocument {
  if (!document.notes.some((note) => note.id === id)) {
    throw new GraphError('bad-edit', `There is no note “${id}”.`);
  }
  const notes = document.notes.map((note) => (note.id === id ? { ...note, ...changes } : note));
  return { ...document, notes };
}

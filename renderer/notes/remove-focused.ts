import { noteId } from '#graph';
import { type EditorApi, removeNote } from '../store/index.ts';

/** Removes the note that has the focus, where it may be; whether one has it. */
export function removeFocusedNote(store: EditorApi): boolean {
  const note = document.activeElement?.closest<HTMLElement>('.text-note');
  if (!note?.dataset.note) return false;
  if (note.dataset.movable === 'true') {
    note.closest<HTMLElement>('main')?.focus({ preventScroll: true });
    removeNote(store, noteId(note.dataset.note));
  }
  return true;
}

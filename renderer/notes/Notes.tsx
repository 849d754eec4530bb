import { ViewportPortal } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditor } from '../store/index.ts';
import { forgetNote, noteEditing } from './editing.ts';
import { NoteCard } from './NoteCard.tsx';
import './notes.css';

/** The notes, behind nodes and wires. */
export function Notes() {
  const notes = useEditor(({ editor }) => editor.document.notes);
  const draft = noteEditing((state) => state.draft);
  const shown = draft && !notes.some(({ id }) => id === draft.id) ? [...notes, draft] : notes;
  // Another document was opened.
  useEffect(() => forgetNote, []);
  if (shown.length === 0) return null;
  return (
    <ViewportPortal>
      {shown.map((note) => (
        <NoteCard key={note.id} note={note} />
      ))}
    </ViewportPortal>
  );
}

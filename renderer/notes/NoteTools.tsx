import { Trash2 } from 'lucide-react';
import type { Note } from '#graph';
import { changeNote, useServices } from '../store/index.ts';
import { noting } from '../strings/en-notes.ts';
import { colorOf, noteColors } from './colors.ts';

interface NoteToolsProps {
  readonly note: Note;
  readonly onRemove: () => void;
}

/** The colours of a note, and its end. */
export function NoteTools({ note, onRemove }: NoteToolsProps) {
  const { store } = useServices();
  const now = colorOf(note);
  return (
    <div className="note-tools" role="toolbar" aria-label={noting.tools}>
      {noteColors.map((color) => (
        <button
          key={color}
          type="button"
          className="note-color"
          data-color={color}
          aria-label={noting.colors[color]}
          title={noting.colors[color]}
          aria-pressed={color === now}
          onClick={() => {
            if (color === now) return;
            changeNote(
              store,
              note.id,
              { color: color === 'none' ? undefined : color },
              noting.color,
              `color ${note.id}`,
            );
          }}
        />
      ))}
      <button
        type="button"
        className="note-remove"
        aria-label={noting.remove}
        title={noting.remove}
        onClick={onRemove}
      >
        <Trash2 size={15} aria-hidden="true" />
      </button>
    </div>
  );
}

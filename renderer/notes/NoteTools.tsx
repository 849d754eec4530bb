import { Trash2 } from 'lucide-react';
import type { Note } from '#graph';
import { changeNote, useServices } from '../store/index.ts';
import { grouping } from '../strings/en-grouping.ts';
import { noting } from '../strings/en-notes.ts';

interface NoteToolsProps {
  readonly note: Note;
  readonly onRemove: () => void;
}

/** The colours of a note, and its end. */
export function NoteTools({ note, onRemove }: NoteToolsProps) {
  const { store } = useServices();
  const now = note.color ?? '';
  return (
    <div className="note-tools" role="toolbar" aria-label={noting.tools}>
      {Object.entries(grouping.colorNames).map(([color, name]) => (
        <button
          key={color}
          type="button"
          className="note-color"
          data-color={color}
          aria-label={name}
          title={name}
          aria-pressed={color === now}
          onClick={() => {
            if (color === now) return;
            changeNote(
              store,
              note.id,
              { color: color || undefined },
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

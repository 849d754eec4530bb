import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { Note } from '#graph';
import { useServices } from '../store/index.ts';
import { noting } from '../strings/en-notes.ts';
import { endNote, typeNote } from './editing.ts';

interface NoteFieldProps {
  readonly note: Note;
  /** Ends editing by a key: the keyboard goes on at the note. */
  readonly onEnd: () => void;
}

/** A note's text while it is typed, where it stands. */
export function NoteField({ note, onEnd }: NoteFieldProps) {
  const { store } = useServices();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const end = field.current?.value.length ?? 0;
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(end, end);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const main = event.ctrlKey || event.metaKey;
    if (event.key !== 'Escape' && !(event.key === 'Enter' && main)) return;
    event.preventDefault();
    onEnd();
  };
  return (
    <textarea
      ref={field}
      className="note-field nowheel"
      aria-label={noting.text}
      placeholder={noting.placeholder}
      value={note.text}
      onChange={(event) => typeNote(store, note, event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        // With another window in front it is still the one that has the focus in this one.
        if (document.activeElement !== event.target) endNote(store);
      }}
    />
  );
}

import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import type { Note, NoteChanges } from '#graph';
import { changeNote, nothingSelected, removeNote, useEditor, useServices } from '../store/index.ts';
import { isFrameColor } from '../strings/en-grouping.ts';
import { noting } from '../strings/en-notes.ts';
import { editNote, endNote, noteEditing } from './editing.ts';
import { firstLine } from './first-line.ts';
import { followPointer } from './follow-pointer.ts';
import { NoteField } from './NoteField.tsx';
import { NoteText } from './NoteText.tsx';
import { NoteTools } from './NoteTools.tsx';

const nudge = 10;
/** Above and below its text, with its border. */
const padding = 22;
const widths = { least: 120, most: 1_200 };

/** A note on the canvas. It is moved and removed in Build, and not in front of a class; its text is edited in Trace too. */
export const NoteCard = memo(function NoteCard({ note }: { readonly note: Note }) {
  const { store } = useServices();
  const { getZoom } = useReactFlow();
  const editable = useEditor(({ workspace }) => workspace !== 'train');
  const movable = useEditor(({ workspace, presenting }) => workspace === 'build' && !presenting);
  const editing = noteEditing(({ id }) => id === note.id);
  const [dragged, setDragged] = useState<NoteChanges | null>(null);
  const [focused, setFocused] = useState(false);
  const card = useRef<HTMLElement>(null);
  const { position, width, height, text } = { ...note, ...dragged };

  /** Shows what a drag would change, and changes it once it ends. */
  const drag = (
    event: PointerEvent,
    label: string,
    changes: (dx: number, dy: number) => NoteChanges,
  ) => {
    const at = (by: { readonly x: number; readonly y: number }) =>
      changes(by.x / getZoom(), by.y / getZoom());
    followPointer(
      event,
      (by) => setDragged(at(by)),
      (by) => {
        setDragged(null);
        if (by) changeNote(store, note.id, at(by), label);
      },
    );
  };
  const movedBy = (dx: number, dy: number): NoteChanges => ({
    position: { x: Math.round(note.position.x + dx), y: Math.round(note.position.y + dy) },
  });
  /** It is never lower than its text, and as high as that where it is made to be. */
  const resizer = () => {
    const { offsetHeight = 0 } = card.current ?? {};
    return (dx: number, dy: number): NoteChanges => {
      const wanted = Math.round(offsetHeight + dy);
      const inside = card.current?.firstElementChild?.clientHeight ?? 0;
      return {
        width: Math.round(Math.min(widths.most, Math.max(widths.least, note.width + dx))),
        height: dy === 0 ? note.height : wanted > inside + padding + 4 ? wanted : undefined,
      };
    };
  };
  const onPointerDown = (event: PointerEvent) => {
    const { target } = event;
    if (event.button !== 0 || editing) return;
    if (target instanceof Element && target.closest('a')) return;
    store.getState().select(nothingSelected);
    if (movable) drag(event, noting.move, movedBy);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const [dx, dy] = steps[event.key] ?? [0, 0];
    if (event.key === 'Enter' && editable) editNote(note.id);
    else if (movable && (dx !== 0 || dy !== 0)) {
      const changes = event.shiftKey ? resizer() : movedBy;
      const label = event.shiftKey ? noting.resize : noting.move;
      changeNote(store, note.id, changes(dx * nudge, dy * nudge), label, `${label} ${note.id}`);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const end = () => {
    const canvas = card.current?.closest<HTMLElement>('main');
    endNote(store);
    // The keyboard goes on where it was; a note that was left empty is gone.
    const { notes } = store.getState().editor.document;
    const left = notes.some(({ id }) => id === note.id) ? card.current : canvas;
    left?.focus({ preventScroll: true });
  };
  const remove = () => {
    card.current?.closest<HTMLElement>('main')?.focus({ preventScroll: true });
    removeNote(store, note.id);
  };
  return (
    <div
      className={`text-note nodrag nopan ${focused ? 'nowheel' : ''}`}
      data-note={note.id}
      data-color={note.color && isFrameColor(note.color) ? note.color : ''}
      data-movable={movable}
      data-testid={`note-${note.id}`}
      style={{ left: position.x, top: position.y, width }}
    >
      <section
        ref={card}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved, edited and removed by keys
        tabIndex={0}
        className="note-card"
        style={{ minHeight: height }}
        aria-label={noting.name(firstLine(text) || noting.empty)}
        aria-description={movable ? noting.keys : undefined}
        onPointerDown={onPointerDown}
        onDoubleClick={() => editable && editNote(note.id)}
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget: { scrollHeight, clientHeight } }) =>
          setFocused(scrollHeight > clientHeight)
        }
        onBlur={() => setFocused(false)}
      >
        {editing ? (
          <NoteField note={note} onEnd={end} />
        ) : (
          <div className="note-text">
            <NoteText text={text} />
          </div>
        )}
      </section>
      {movable && !editing && (
        <>
          <NoteTools note={note} onRemove={remove} />
          <div
            className="note-corner"
            onPointerDown={(event) => {
              if (event.button === 0) drag(event, noting.resize, resizer());
            }}
          />
        </>
      )}
    </div>
  );
});

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

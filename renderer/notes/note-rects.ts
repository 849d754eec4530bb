import type { Rect } from '@xyflow/react';
import type { Note } from '#graph';

const usual = 120;

/** Where notes are on the canvas, as high as they are drawn. */
export function noteRects(notes: readonly Note[], canvas: Element | null): Rect[] {
  return notes.map(({ id, position, width, height }) => {
    const drawn = canvas?.querySelector<HTMLElement>(`.text-note[data-note="${CSS.escape(id)}"]`);
    return { ...position, width, height: drawn?.offsetHeight ?? height ?? usual };
  });
}

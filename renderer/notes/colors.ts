import type { Note } from '#graph';

/** Value and gradient keep their colours to themselves. */
export const noteColors = ['none', 'amber', 'green', 'purple', 'gray'] as const;

export type NoteColor = (typeof noteColors)[number];

/** How a note is drawn; in a colour that this version does not know, as without one. */
export function colorOf({ color }: Pick<Note, 'color'>): NoteColor {
  return noteColors.find((known) => known === color) ?? 'none';
}

import { z } from 'zod';
import { type Note, noteId, type Opaque } from '../document.ts';
import { inPlainWords } from '../plain-errors.ts';
import { id } from './schema.ts';

const length = z.number().positive().max(100_000);

const noteSchema = z.looseObject({
  id,
  text: z.string(),
  position: z.strictObject({ x: z.number(), y: z.number() }),
  width: length,
  height: length.optional(),
  color: z.string().optional(),
});

/** Reads one entry of the file's notes; undefined where it has another form and is to be kept as it is. */
export function readNote(raw: Opaque): Note | undefined {
  const parsed = noteSchema.safeParse(raw, inPlainWords);
  if (!parsed.success) return undefined;
  const { id, text, position, width, height, color, ...rest } = parsed.data;
  return {
    id: noteId(id),
    text,
    position,
    width,
    ...(height === undefined ? {} : { height }),
    ...(color === undefined ? {} : { color }),
    ...(Object.keys(rest).length > 0 ? { rest } : {}),
  };
}

/** The entry of a note as the file holds it. */
export function noteToFile({ id, text, position, width, height, color, rest }: Note): Opaque {
  return {
    id,
    text,
    position: { x: position.x, y: position.y },
    width,
    ...(height === undefined ? {} : { height }),
    ...(color === undefined ? {} : { color }),
    ...rest,
  };
}

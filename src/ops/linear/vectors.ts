import { type Form, formatShape } from '#tensor';
import { ShapeError } from '../operation.ts';

/** Throws `ShapeError` where one of these values is no vector. */
export function requireVectors(inputs: Readonly<Record<string, Form>>): void {
  for (const [port, { shape }] of Object.entries(inputs)) {
    if (shape.length === 1) continue;
    throw new ShapeError(`This takes vectors, and ${port} is ${formatShape(shape)}.`, port);
  }
}

import type { NdArray } from '#tensor';
import type { Numbers } from './numbers.ts';

/** Digits that count in a cell: there is no room for more. */
export const cellDigits = 3;

/** At most so many numbers stand beside and below each other on a wire, and so many characters in a row. */
const most = { columns: 4, rows: 2, characters: [0, 20, 14] };

/** A tensor written out. */
export interface NumberGrid {
  readonly columns: number;
  readonly texts: readonly string[];
}

/** A tensor that is small enough to be written out on a wire; undefined for a larger one. */
export function numberGrid({ shape, data }: NdArray, numbers: Numbers): NumberGrid | undefined {
  const columns = shape.at(-1) ?? 1;
  const rows = data.length / columns;
  if (columns > most.columns || rows > most.rows) return undefined;
  const texts = Array.from(data, (x) => numbers.format(x, cellDigits));
  for (let row = 0; row < rows; row++) {
    const written = texts.slice(row * columns, (row + 1) * columns).join('');
    if (written.length > (most.characters[rows] ?? 0)) return undefined;
  }
  return { columns, texts };
}

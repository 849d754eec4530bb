import type { NdArray } from '#tensor';

export interface Cells {
  readonly rows: number;
  readonly columns: number;
  /** Row by row, from −1 to 1; NaN where there is one. */
  readonly entries: readonly number[];
}

/**
 * A tensor as at most `maxRows` × `maxColumns` cells between −1 and 1: its last axis runs to the right,
 * all others down. Where several entries fall into one cell, the largest shows.
 */
export function cellsOf({ shape, data }: NdArray, maxRows: number, maxColumns: number): Cells {
  // A single channel is no axis to look at.
  const width = shape.findLast((length) => length > 1) ?? 1;
  const height = Math.max(1, Math.round(data.length / Math.max(1, width)));
  const rows = Math.max(1, Math.min(height, maxRows));
  const columns = Math.max(1, Math.min(width, maxColumns));
  const entries = new Array<number>(rows * columns).fill(0);
  let largest = 0;
  data.forEach((entry, at) => {
    const row = Math.floor((Math.floor(at / width) * rows) / height);
    const column = Math.floor(((at % width) * columns) / width);
    const cell = row * columns + column;
    // A NaN must not hide behind a number.
    if (Math.abs(entry) > Math.abs(entries[cell] ?? 0) || Number.isNaN(entry))
      entries[cell] = entry;
    if (Number.isFinite(entry)) largest = Math.max(largest, Math.abs(entry));
  });
  const scale = largest === 0 ? 0 : 1 / largest;
  const scaled = (entry: number) =>
    Number.isFinite(entry) ? entry * scale || 0 : Math.sign(entry);
  return { rows, columns, entries: entries.map(scaled) };
}

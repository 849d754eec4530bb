import type { Grid } from '#trace';

/** The part of a grid that is drawn. */
export interface GridWindow {
  readonly row: number;
  readonly column: number;
}

/** So many rows and columns are drawn of a large tensor. */
export const windowSize = 8;

export const atOrigin: GridWindow = { row: 0, column: 0 };

/** The window moved as little as it takes to have a place in it; whole windows at a time. */
export function windowAround({ row, column }: GridWindow, place: GridWindow): GridWindow {
  return { row: along(row, place.row), column: along(column, place.column) };
}

function along(start: number, at: number): number {
  if (at >= start && at < start + windowSize) return start;
  return Math.floor(at / windowSize) * windowSize;
}

/** The rows and columns of a window, as far as the grid goes. */
export function rangeIn(
  { rows, columns }: Grid,
  { row, column }: GridWindow,
): { readonly rows: readonly number[]; readonly columns: readonly number[] } {
  return { rows: run(row, rows), columns: run(column, columns) };
}

function run(start: number, length: number): number[] {
  const count = Math.max(0, Math.min(windowSize, length - start));
  return Array.from({ length: count }, (_, at) => start + at);
}

/** The entries in a window, row by row. */
export function entriesIn(grid: Grid, window: GridWindow): number[] {
  const { rows, columns } = rangeIn(grid, window);
  return rows.flatMap((row) => columns.map((column) => grid.index(row, column)));
}

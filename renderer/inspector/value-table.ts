import type { NdArray } from '#tensor';
import type { Table } from '../format/parse-table.ts';

/** What the rows of a value's table are. */
export type TableKind =
  /** The entries of a vector, which stands as a column. */
  | 'vector'
  | 'matrix'
  /** The examples of a batch of numbers. */
  | 'numbers'
  /** The examples of a batch of vectors. */
  | 'vectors';

/** A value as a table that can be edited. */
export interface ValueTable extends Table {
  readonly kind: TableKind;
}

/** A value with one or two axes, the batch's included, as a table; null for any other. */
export function tableOf({ shape, data }: NdArray, batched: boolean): ValueTable | null {
  const [rows, columns, ...others] = shape;
  if (rows === undefined || others.length > 0 || data.length === 0) return null;
  if (columns === undefined)
    return { kind: batched ? 'numbers' : 'vector', rows, columns: 1, data };
  return { kind: batched ? 'vectors' : 'matrix', rows, columns, data };
}

/** The inverse. What has more columns than its kind allows is of the next wider kind. */
export function arrayOf({ kind, rows, columns, data }: ValueTable): NdArray {
  const narrow = (kind === 'vector' || kind === 'numbers') && columns === 1;
  return { shape: narrow ? [rows] : [rows, columns], data };
}

/** The table with another entry in one cell. */
export function withCell(table: ValueTable, row: number, column: number, x: number): ValueTable {
  const data = table.data.slice();
  data[row * table.columns + column] = x;
  return { ...table, data };
}

/**
 * The table with a block laid over it from a cell on; it grows where the block is larger. Along a vector a single
 * row is laid as well as a column.
 */
export function withBlock(
  table: ValueTable,
  row: number,
  column: number,
  block: Table,
): ValueTable {
  const along = table.kind === 'vector' && block.rows === 1;
  const [height, width] = along ? [block.columns, 1] : [block.rows, block.columns];
  const rows = Math.max(table.rows, row + height);
  const columns = Math.max(table.columns, column + width);
  const { data } = resized(table, rows, columns);
  for (let i = 0; i < block.data.length; i++) {
    const x = block.data[i] ?? 0;
    data[(row + Math.floor(i / width)) * columns + column + (i % width)] = x;
  }
  return { ...table, rows, columns, data };
}

/** What a block is where nothing stood before: of a single row or column, a vector. */
export function tableOfBlock({ rows, columns, data }: Table, batched: boolean): ValueTable {
  if (batched) return { kind: columns === 1 ? 'numbers' : 'vectors', rows, columns, data };
  if (rows === 1 || columns === 1) return { kind: 'vector', rows: data.length, columns: 1, data };
  return { kind: 'matrix', rows, columns, data };
}

/** With a row of zeros behind that one. */
export function withRow(table: ValueTable, after: number): ValueTable {
  return picked(table, inserted(table.rows, after), upTo(table.columns));
}

/** With a column of zeros behind that one. */
export function withColumn(table: ValueTable, after: number): ValueTable {
  return picked(table, upTo(table.rows), inserted(table.columns, after));
}

export function withoutRow(table: ValueTable, at: number): ValueTable {
  return picked(table, upTo(table.rows).toSpliced(at, 1), upTo(table.columns));
}

export function withoutColumn(table: ValueTable, at: number): ValueTable {
  return picked(table, upTo(table.rows), upTo(table.columns).toSpliced(at, 1));
}

/** Its upper left part, filled up with zeros. */
function resized(table: ValueTable, rows: number, columns: number): ValueTable {
  const from = (length: number, had: number) => upTo(length).map((at) => (at < had ? at : null));
  return picked(table, from(rows, table.rows), from(columns, table.columns));
}

/** The table made of these rows and columns of another one; null stands for zeros. */
function picked(
  table: ValueTable,
  rows: readonly (number | null)[],
  columns: readonly (number | null)[],
): ValueTable {
  const data = new Float64Array(rows.length * columns.length);
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      if (row === null || column === null) continue;
      data[i * columns.length + j] = table.data[row * table.columns + column] ?? 0;
    }
  }
  return { ...table, rows: rows.length, columns: columns.length, data };
}

function upTo(length: number): number[] {
  return Array.from({ length }, (_, at) => at);
}

function inserted(length: number, after: number): (number | null)[] {
  const places: (number | null)[] = upTo(length);
  return places.toSpliced(after + 1, 0, null);
}

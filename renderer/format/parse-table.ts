import { parseValue, readNumber } from './parse-value.ts';

/** Rows of equal length, one behind the other. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export type ParsedTable =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'problem'; readonly why: 'empty' | 'not-rows' }
  | {
      readonly kind: 'problem';
      readonly why: 'ragged';
      /** The first row whose length is another than that of the first row, from 1. */
      readonly row: number;
      readonly has: number;
      readonly wanted: number;
    }
  | {
      readonly kind: 'problem';
      readonly why: 'no-number';
      /** Both from 1. */
      readonly row: number;
      readonly column: number;
      readonly text: string;
    };

/**
 * Reads what a spreadsheet, a CSV file or a program puts on the clipboard: cells between tabs or semicolons, where a
 * comma may be the decimal point, or else between commas or spaces; or nested lists of at most two levels.
 */
export function parseTable(text: string): ParsedTable {
  const plain = text.replaceAll('−', '-').replace(/[\r\n]+$/, '');
  if (plain.trim() === '') return { kind: 'problem', why: 'empty' };
  if (plain.trimStart().startsWith('[')) return parseLists(plain);
  const { rows, decimalComma } = cellsOf(plain);
  const columns = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== columns);
  if (odd >= 0) {
    const has = rows[odd]?.length ?? 0;
    return { kind: 'problem', why: 'ragged', row: odd + 1, has, wanted: columns };
  }
  const data = new Float64Array(rows.length * columns);
  for (const [row, cells] of rows.entries()) {
    for (const [column, cell] of cells.entries()) {
      const x = readNumber(withPoint(cell, decimalComma));
      if (x === undefined) {
        return { kind: 'problem', why: 'no-number', row: row + 1, column: column + 1, text: cell };
      }
      data[row * columns + column] = x;
    }
  }
  return { kind: 'table', table: { rows: rows.length, columns, data } };
}

/** A table as spreadsheets take it, in full precision. */
export function tableText({ rows, columns, data }: Table): string {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), String).join('\t'),
  ).join('\n');
}

function parseLists(text: string): ParsedTable {
  const parsed = parseValue(text);
  if (parsed.kind !== 'value') return { kind: 'problem', why: 'not-rows' };
  const { shape, data } = parsed.array;
  const [rows = 1, columns = 1, ...others] = shape;
  if (others.length > 0) return { kind: 'problem', why: 'not-rows' };
  if (data.length === 0) return { kind: 'problem', why: 'empty' };
  return { kind: 'table', table: { rows, columns, data } };
}

interface Cells {
  readonly rows: readonly (readonly string[])[];
  readonly decimalComma: boolean;
}

function cellsOf(text: string): Cells {
  const lines = text.split(/\r\n|\n|\r/);
  const between = ['\t', ';', ','].find((mark) => text.includes(mark));
  const rows = lines.map((line) =>
    (between ? line.split(between) : line.trim().split(/\s+/)).map(unquoted),
  );
  // A point that no comma follows is a decimal point: then commas stand between thousands.
  const hasPoint = rows.some((cells) => cells.some((cell) => /\.[^,]*$/.test(cell)));
  const decimalComma = between !== ',' && !hasPoint;
  return { rows, decimalComma };
}

function unquoted(cell: string): string {
  return cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
}

/** The number with a decimal point and without marks between thousands. */
function withPoint(cell: string, decimalComma: boolean): string {
  if (decimalComma) return cell.replaceAll('.', '').replace(',', '.');
  return /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(cell) ? cell.replaceAll(',', '') : cell;
}

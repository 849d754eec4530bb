import type { ColumnType } from '../data-set.ts';
import { RowReader } from './rows.ts';

const delimiters = [',', ';', '\t', '|'];

/** What stands between the values: what gives the first lines most columns, and all of them as many. */
export function guessDelimiter(sample: string, file: string): string {
  let best = { delimiter: file.toLowerCase().endsWith('.tsv') ? '\t' : ',', score: 0 };
  for (const delimiter of delimiters) {
    const widths = firstRows(sample, file, delimiter).map(({ length }) => length);
    const [width = 0] = widths;
    const alike = widths.filter((other) => other === width).length / Math.max(1, widths.length);
    const score = width > 1 ? alike * alike * Math.log(width) : 0;
    if (score > best.score + 1e-9) best = { delimiter, score };
  }
  return best.delimiter;
}

function firstRows(
  sample: string,
  file: string,
  delimiter: string,
): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  try {
    for (const { cells } of new RowReader(file, delimiter).take(sample)) {
      rows.push(cells);
      if (rows.length === 20) break;
    }
  } catch {
    // Taken apart like that it is no table, so that this is not the delimiter.
  }
  if (rows.length === 0) {
    const [line = ''] = sample.split(/\r|\n/);
    return [line.split(delimiter)];
  }
  return rows;
}

const missingTexts = new Set(['', '?', '-', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', 'nil']);

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  return cell.length <= 4 && missingTexts.has(cell.toLowerCase());
}

const decimalComma = /^[+-]?\d+,\d+(e[+-]?\d+)?$/i;
const otherBase = /^0[xob]/i;
const infinite = /^[+-]?inf(inity)?$/i;

/** The number that a cell holds, also with a decimal comma; undefined: none. Infinite ones are numbers. */
export function numberIn(cell: string): number | undefined {
  const number = Number(cell);
  if (!Number.isNaN(number)) {
    // Only where a letter comes second can it be “0x10”, and only where there is nothing, nothing.
    const isPlain = cell.charCodeAt(1) < 0x41 || cell.length === 1;
    return isPlain || (cell !== '' && !otherBase.test(cell)) ? number : undefined;
  }
  if (decimalComma.test(cell)) return Number(cell.replace(',', '.'));
  if (infinite.test(cell)) return cell.startsWith('-') ? -Infinity : Infinity;
  return undefined;
}

/**
 * Whether the first row names the columns: none of its cells is a number, and below it some column holds
 * numbers, or nothing in it comes again in its column.
 */
export function guessHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (!first || first.some((cell) => numberIn(cell) !== undefined)) return false;
  const named = first.filter((cell) => cell !== '');
  if (named.length === 0) return false;
  // Names alone are a header that nothing follows.
  if (rest.length === 0) return true;
  const hasNumbers = first.some((_, at) =>
    rest.some((row) => numberIn(row[at] ?? '') !== undefined),
  );
  return hasNumbers || first.every((cell, at) => rest.every((row) => row[at] !== cell));
}

/** More different texts than this are names, not categories. */
const mostCategories = 50;

/** A column of numbers may hold some that are none, by mistake: that is said, and not passed over. */
const mostlyNumbers = 0.9;

/** What a column holds, by its first values. */
export function guessType(name: string, cells: readonly string[]): ColumnType {
  const present = cells.filter((cell) => !isMissing(cell));
  if (present.length === 0) return 'ignore';
  const numeric = present.filter((cell) => numberIn(cell) !== undefined);
  if (numeric.length >= mostlyNumbers * present.length)
    return isCounter(name, cells) ? 'ignore' : 'number';
  const distinct = new Set(present).size;
  return distinct > mostCategories && distinct > present.length / 2 ? 'ignore' : 'category';
}

/** A column that only numbers the rows. */
function isCounter(name: string, cells: readonly string[]): boolean {
  if (!/^(|#|id|index|no\.?|row|unnamed.*)$/i.test(name) || cells.length < 3) return false;
  return cells.every((cell, at) => at === 0 || Number(cell) === Number(cells[at - 1]) + 1);
}

const targetNames = ['y', 'target', 'label', 'class', 'species', 'outcome', 'output'];

/** The column that is probably to be predicted: one that is called so, else the last. */
export function guessTarget(
  columns: readonly { name: string; type: ColumnType }[],
): string | undefined {
  const used = columns.filter(({ type }) => type !== 'ignore');
  const labelled = used.find(({ type }) => type === 'label');
  if (labelled) return labelled.name;
  for (const wanted of targetNames) {
    const found = used.find(({ name }) => name.toLowerCase() === wanted);
    if (found) return found.name;
  }
  return used.at(-1)?.name;
}

/** Whether numbers are rather classes: few whole ones, each of them several times. */
export function looksLikeClasses(cells: readonly string[]): boolean {
  const values = cells.flatMap((cell) => (isMissing(cell) ? [] : [numberIn(cell)]));
  const distinct = new Set(values);
  if (distinct.size < 2 || distinct.size > 20) return false;
  if (![...distinct].every((value) => Number.isInteger(value))) return false;
  const lowest = Math.min(...[...distinct].map(Number));
  const highest = Math.max(...[...distinct].map(Number));
  return highest - lowest < 2 * distinct.size && values.length >= 2 * distinct.size;
}

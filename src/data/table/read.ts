import { type Random, seededRandom } from '#tensor';
import type { Column, ColumnType } from '../data-set.ts';
import { DataError } from '../errors.ts';
import type { DataSettings } from '../settings.ts';
import {
  guessDelimiter,
  guessHeader,
  guessTarget,
  guessType,
  isMissing,
  looksLikeClasses,
  numberIn,
} from './guess.ts';
import { type Row, RowReader } from './rows.ts';
import { Dictionary, NumberStore } from './stores.ts';
import { textOf } from './text.ts';

/** So many rows are looked at before it is decided what the columns hold. */
const sampleRows = 1000;
const sampleLength = 1 << 20;

/** A table of more numbers (1 GB of them) is not kept as a whole. */
const mostNumbers = 1 << 28;

/** More different texts in a column are no categories; a code has two bytes. */
const mostTexts = 1 << 16;

/** What categories without a value are called. */
export const missingCategory = 'missing';

export type TableSettings = Pick<
  DataSettings,
  'target' | 'columns' | 'missing' | 'header' | 'delimiter' | 'limit' | 'seed'
>;

/** A column as it was decided on; `at` is its place in a row. */
export interface TableColumn {
  readonly name: string;
  readonly at: number;
  readonly type: ColumnType;
  readonly isTarget: boolean;
  /** For categories and labels. */
  readonly dictionary: Dictionary | undefined;
}

/** The rows of one file, each used column by its place. */
export interface TablePart {
  readonly count: number;
  readonly stores: ReadonlyMap<number, NumberStore>;
  /** Missing values by column, in rows that are used and others. */
  readonly missing: ReadonlyMap<number, number>;
  /** Rows that were left out for a missing value, and for the limit. */
  readonly dropped: number;
  readonly surplus: number;
}

/** Reads the tables of a data set, the training part first: it decides what the columns are. */
export class TableReader {
  readonly #settings: TableSettings;
  #columns: readonly TableColumn[] | undefined;
  #headerNames: readonly string[] = [];
  #hasHeader = false;

  constructor(settings: TableSettings) {
    this.#settings = settings;
  }

  get columns(): readonly TableColumn[] {
    return this.#columns ?? [];
  }

  /** Throws `DataError`, naming file and line. At most `limit` rows, drawn evenly from all, are kept. */
  async read(
    pieces: AsyncIterable<Uint8Array>,
    file: string,
    limit: number | null,
  ): Promise<TablePart> {
    let part: PartReader | undefined;
    let rows: RowReader | undefined;
    let sample: Row[] = [];
    let text = '';
    const begin = () => {
      this.#decide(sample, file);
      part = new PartReader(this.columns, this.#headerNames.length, file, this.#settings, limit);
      for (const row of this.#hasHeader ? sample.slice(1) : sample) part.take(row);
      sample = [];
    };
    const takeRow = (row: Row) => {
      if (part) part.take(row);
      else if (sample.push(row) > sampleRows) begin();
    };
    const start = (): RowReader => {
      const delimiter = this.#settings.delimiter ?? guessDelimiter(text, file);
      const started = new RowReader(file, delimiter);
      for (const row of started.take(text)) takeRow(row);
      return started;
    };
    for await (const piece of textOf(pieces, file)) {
      if (rows) for (const row of rows.take(piece)) takeRow(row);
      else {
        text += piece;
        if (text.length >= sampleLength) rows = start();
      }
    }
    rows ??= start();
    const last = rows.end();
    if (last) takeRow(last);
    if (!part) begin();
    if (!part || part.count === 0) throw new DataError('damaged', `“${file}” has no rows.`);
    return part;
  }

  #decide(sample: readonly Row[], file: string): void {
    const [first] = sample;
    if (!first) throw new DataError('damaged', `“${file}” has no rows.`);
    const cells = sample.map((row) => row.cells);
    this.#hasHeader = this.#settings.header ?? guessHeader(cells);
    if (this.#columns) {
      if (this.#hasHeader) sameHeader(this.#headerNames, first, file);
      return;
    }
    const names = this.#hasHeader
      ? headerNames(first, file)
      : first.cells.map((_, at) => `column ${at + 1}`);
    this.#headerNames = names;
    this.#columns = this.#columnsOf(names, this.#hasHeader ? cells.slice(1) : cells, file);
  }

  #columnsOf(
    names: readonly string[],
    rows: readonly (readonly string[])[],
    file: string,
  ): readonly TableColumn[] {
    const { columns: chosen, target } = this.#settings;
    const list = names.map((name) => `“${name}”`).join(', ');
    for (const name of [...Object.keys(chosen), ...(target === null ? [] : [target])]) {
      if (names.includes(name)) continue;
      throw new DataError('bad-setting', `“${file}” has no column “${name}”; it has ${list}.`);
    }
    const cellsOf = (at: number) => rows.map((row) => row[at] ?? '');
    const typed = names.map((name, at) => ({
      name,
      at,
      type: Object.hasOwn(chosen, name) ? (chosen[name] ?? 'ignore') : guessType(name, cellsOf(at)),
    }));
    const wanted = target ?? guessTarget(typed);
    return typed.map(({ name, at, type: first }) => {
      const isTarget = name === wanted;
      let type = first;
      if (isTarget && !Object.hasOwn(chosen, name)) {
        if (type !== 'number') type = 'label';
        else if (looksLikeClasses(cellsOf(at))) type = 'label';
      } else if (isTarget && type === 'category') type = 'label';
      if (isTarget && type === 'ignore') {
        throw new DataError('bad-setting', `The target “${name}” of “${file}” is to be ignored.`);
      }
      const isText = type === 'category' || type === 'label';
      return { name, at, type, isTarget, dictionary: isText ? new Dictionary() : undefined };
    });
  }
}

function headerNames({ cells, line }: Row, file: string): readonly string[] {
  const names = cells.map((cell, at) => (cell === '' ? `column ${at + 1}` : cell));
  const places = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const before = places.get(name);
    if (before !== undefined) {
      throw new DataError(
        'damaged',
        `Line ${line} of “${file}” calls two columns “${name}”, the ${before + 1}. and the ${at + 1}.; give one of them another name.`,
      );
    }
    places.set(name, at);
  }
  return names;
}

function sameHeader(names: readonly string[], row: Row, file: string): void {
  const at = names.findIndex((name, place) => headerNames(row, file)[place] !== name);
  if (at < 0) return;
  throw new DataError(
    'mismatch',
    `The ${at + 1}. column of “${file}” is called “${row.cells[at] ?? ''}”, but “${names[at]}” in the training part.`,
  );
}

/** Takes the rows of one file, one after the other. */
class PartReader implements TablePart {
  readonly stores: ReadonlyMap<number, NumberStore>;
  readonly missing = new Map<number, number>();
  count = 0;
  dropped = 0;
  surplus = 0;
  readonly #used: readonly TableColumn[];
  readonly #stores: readonly NumberStore[];
  readonly #width: number;
  readonly #file: string;
  readonly #drops: boolean;
  readonly #limit: number;
  readonly #random: Random;
  readonly #values: Float64Array;

  constructor(
    columns: readonly TableColumn[],
    width: number,
    file: string,
    { missing, seed }: TableSettings,
    limit: number | null,
  ) {
    this.#used = columns.filter(({ type }) => type !== 'ignore');
    this.#width = width;
    this.#file = file;
    this.#drops = missing === 'drop';
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
    this.#random = seededRandom(seed, `rows of ${file}`);
    this.#values = new Float64Array(this.#used.length);
    this.#stores = this.#used.map(() => new NumberStore());
    this.stores = new Map(
      this.#used.map(({ at }, place) => [at, this.#stores[place] as NumberStore]),
    );
  }

  take(row: Row): void {
    const { cells, line } = row;
    if (cells.length !== this.#width) {
      throw new DataError(
        'damaged',
        `Line ${line} of “${this.#file}” has ${cells.length} ${cells.length === 1 ? 'value' : 'values'} instead of ${this.#width}.`,
      );
    }
    let drop = false;
    for (const column of this.#used) {
      if (!isMissing(cells[column.at] ?? '')) continue;
      this.missing.set(column.at, (this.missing.get(column.at) ?? 0) + 1);
      drop ||= this.#drops || column.isTarget;
    }
    if (drop) {
      this.dropped++;
      return;
    }
    for (let place = 0; place < this.#used.length; place++) {
      const column = this.#used[place] as TableColumn;
      this.#values[place] = this.#valueOf(cells[column.at] ?? '', column, line);
    }
    this.#keep();
  }

  #keep(): void {
    const seen = this.count + this.surplus;
    let slot = this.count;
    if (slot < this.#limit) this.count++;
    else {
      // Every row has the same chance to be kept (Vitter's algorithm R).
      this.surplus++;
      slot = this.#random.index(seen + 1);
      if (slot >= this.#limit) return;
    }
    if (this.count * this.#used.length > mostNumbers) {
      throw new DataError(
        'too-large',
        `“${this.#file}” holds more than ${mostNumbers.toLocaleString('en')} values: ignore columns, or set a limit on the examples, which are then drawn from the whole file.`,
      );
    }
    for (let place = 0; place < this.#used.length; place++) {
      this.#stores[place]?.set(slot, this.#values[place] as number);
    }
  }

  #valueOf(cell: string, { name, dictionary, type }: TableColumn, line: number): number {
    const isGap = isMissing(cell);
    if (dictionary) {
      const text = isGap ? missingCategory : type === 'label' ? plainLabel(cell) : cell;
      const code = dictionary.code(text);
      if (code < mostTexts) return code;
      throw this.#fault(line, name, 'is one text too many for categories; ignore the column', cell);
    }
    if (isGap) return Number.NaN;
    const value = numberIn(cell);
    if (value === undefined) {
      throw this.#fault(
        line,
        name,
        'is no number; take the column as a category, or ignore it',
        cell,
      );
    }
    if (!Number.isFinite(Math.fround(value))) throw this.#fault(line, name, 'is not finite', cell);
    return value;
  }

  #fault(line: number, column: string, what: string, cell: string): DataError {
    const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
    return new DataError(
      'damaged',
      `Line ${line} of “${this.#file}”, column “${column}”: “${shown}” ${what}.`,
    );
  }
}

/** Whole numbers are the same label however they are written: “1.0” is 1. */
function plainLabel(cell: string): string {
  const number = numberIn(cell);
  return number !== undefined && Number.isInteger(number) ? String(number) : cell;
}

/** For those who show it. */
export function columnInfo(reader: TableReader, parts: readonly TablePart[]): readonly Column[] {
  return reader.columns.map(({ name, type, at }) => ({
    name,
    type,
    missing: parts.reduce((sum, part) => sum + (part.missing.get(at) ?? 0), 0),
  }));
}

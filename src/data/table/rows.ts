import { DataError } from '../errors.ts';

/** A row of a table, and the line of the file that it begins in, from 1. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** No table has rows of more characters, or more columns. */
const longestRow = 1 << 24;
const mostColumns = 100_000;

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/** What the character that comes next belongs to. */
type State = 'start of a cell' | 'plain' | 'quoted' | 'after a quote';

/**
 * Takes text apart into rows, piece by piece: nothing is kept but the row that is not complete yet.
 * Cells may be quoted: then delimiters and line ends are text, and two quotes are one. Space around a
 * cell does not belong to it. Empty lines are no rows.
 */
export class RowReader {
  readonly #file: string;
  readonly #delimiter: number;
  readonly #quote: string;
  #state: State = 'start of a cell';
  #cells: string[] = [];
  #cell = '';
  #isQuoted = false;
  /** The line that the reader is in, that the row began in, and that the open quote is in. */
  #line = 1;
  #rowLine = 1;
  #quoteLine = 1;
  #rowLength = 0;
  #afterReturn = false;

  constructor(file: string, delimiter: string, quote = '"') {
    this.#file = file;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote;
  }

  /** The rows that end in this piece. */
  *take(text: string): Generator<Row> {
    const quote = this.#quote.charCodeAt(0);
    const delimiter = this.#delimiter;
    let from = 0;
    let at = 0;
    while (at < text.length) {
      if (this.#state === 'quoted') {
        const end = text.indexOf(this.#quote, at);
        const part = end < 0 ? text.slice(at) : text.slice(at, end);
        this.#cell += part;
        this.#line += lineEndsIn(part);
        if (end < 0) break;
        this.#state = 'after a quote';
        from = at = end + 1;
        continue;
      }
      const code = text.charCodeAt(at);
      const ends = code === lineFeed || code === carriageReturn;
      if (ends && code === lineFeed && this.#afterReturn) {
        this.#afterReturn = false;
        from = ++at;
        continue;
      }
      this.#afterReturn = code === carriageReturn;
      if (ends || code === delimiter) {
        if (this.#state === 'plain') this.#cell += text.slice(from, at);
        this.#endCell();
        from = ++at;
        if (!ends) continue;
        this.#line++;
        const row = this.#endRow();
        this.#rowLength = -at;
        if (row) yield row;
      } else if (code === quote && this.#state !== 'plain') {
        // A second one stands for one that belongs to the text.
        if (this.#state === 'after a quote') this.#cell += this.#quote;
        this.#state = 'quoted';
        this.#isQuoted = true;
        this.#quoteLine = this.#line;
        from = ++at;
      } else if (code === space && this.#state !== 'plain') {
        from = ++at;
      } else {
        if (this.#state !== 'plain') from = at;
        this.#state = 'plain';
        at = endOfPlain(text, at + 1, delimiter);
      }
    }
    if (this.#state === 'plain') this.#cell += text.slice(from);
    this.#rowLength += text.length;
    if (this.#rowLength > longestRow) this.#tooLong();
  }

  /** The last row, where the text does not end with a line end. */
  end(): Row | undefined {
    if (this.#state === 'quoted') this.#tooLong();
    this.#endCell();
    return this.#endRow();
  }

  #endCell(): void {
    this.#cells.push(this.#isQuoted ? this.#cell : withoutSpace(this.#cell));
    this.#cell = '';
    this.#isQuoted = false;
    this.#state = 'start of a cell';
    if (this.#cells.length > mostColumns) this.#tooLong();
  }

  #endRow(): Row | undefined {
    const cells = this.#cells;
    const line = this.#rowLine;
    this.#cells = [];
    this.#rowLine = this.#line;
    return cells.length === 1 && cells[0] === '' ? undefined : { line, cells };
  }

  #tooLong(): never {
    throw new DataError(
      'damaged',
      this.#state === 'quoted'
        ? `Line ${this.#quoteLine} of “${this.#file}” opens a quote that is never closed.`
        : `Line ${this.#rowLine} of “${this.#file}” is too long for a table.`,
    );
  }
}

/** Where the delimiter or line end is that ends a plain cell, or the text. */
function endOfPlain(text: string, start: number, delimiter: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === delimiter || code === lineFeed || code === carriageReturn) break;
  }
  return at;
}

/** Space in front was passed over before; most cells have none behind either. */
function withoutSpace(cell: string): string {
  return cell.charCodeAt(cell.length - 1) > space && cell.charCodeAt(cell.length - 1) < 0x80
    ? cell
    : cell.trim();
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

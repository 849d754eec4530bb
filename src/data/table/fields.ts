import type { Field, Fields } from '../data-set.ts';
import { DataError } from '../errors.ts';
import type { DataSettings } from '../settings.ts';
import type { TableColumn, TablePart } from './read.ts';

/** One-hot columns make a table much larger; beyond 1.6 GB it is not built. */
const mostNumbers = 4e8;

/** Where a column stands in `x`. */
interface Placed {
  readonly column: TableColumn;
  readonly start: number;
  /** Entries that it takes. */
  readonly width: number;
}

interface Ordered {
  readonly texts: readonly string[];
  readonly places: Uint16Array;
}

/**
 * The fields of one part of a table: `x`, all numbers and categories side by side; `y`, the target; and
 * every used column by its own name. Throws `DataError`.
 */
export function tableFields(
  file: string,
  columns: readonly TableColumn[],
  { count, stores, missing }: TablePart,
  categories: DataSettings['categories'],
): Fields {
  const ordered = new Map<TableColumn, Ordered>();
  for (const column of columns) {
    if (column.dictionary) ordered.set(column, column.dictionary.ordered());
  }
  const placed: Placed[] = [];
  let width = 0;
  for (const column of columns) {
    if (column.isTarget || (column.type !== 'number' && column.type !== 'category')) continue;
    const texts = ordered.get(column)?.texts.length ?? 1;
    const own = categories === 'one-hot' ? texts : 1;
    placed.push({ column, start: width, width: own });
    width += own;
  }
  if (count * width > mostNumbers) {
    throw new DataError(
      'too-large',
      `“${file}” becomes ${width} numbers for each of ${count} examples, which is too much: take categories as an index, ignore columns or set a limit.`,
    );
  }
  const values = new Float32Array(count * width);
  const fields = new Map<string, Field>();
  const own = new Map<string, Field>();
  const fixed = new Array<boolean>(width).fill(false);
  for (const { column, start, width: entries } of placed) {
    const store = stores.get(column.at);
    const texts = ordered.get(column);
    if (texts) {
      const field = codesOf(column, stores, count, texts);
      own.set(column.name, field);
      fixed.fill(true, start, start + entries);
      for (let row = 0; row < count; row++) {
        const code = field.values[row] as number;
        if (categories === 'one-hot') values[row * width + start + code] = 1;
        else values[row * width + start] = code;
      }
    } else {
      store?.moveTo(values, count, start, width);
      own.set(column.name, {
        shape: [],
        count,
        values,
        scale: 1,
        place: { start, stride: width },
        ...(missing.has(column.at) ? { gaps: true } : {}),
      });
    }
  }
  const gaps = placed.some(({ column }) => column.type === 'number' && missing.has(column.at));
  if (width > 0) {
    const x: Field = { shape: [width], count, values, scale: 1, fixed };
    fields.set('x', gaps ? { ...x, gaps } : x);
  }
  for (const column of columns) {
    if (column.type === 'ignore' || own.has(column.name)) continue;
    const texts = ordered.get(column);
    const field = texts ? codesOf(column, stores, count, texts) : numbersOf(column, stores, count);
    own.set(column.name, field);
    if (column.isTarget) fields.set('y', field);
  }
  for (const [name, field] of own) if (!fields.has(name)) fields.set(name, field);
  return fields;
}

function codesOf(
  { at, type }: TableColumn,
  stores: TablePart['stores'],
  count: number,
  { texts, places }: Ordered,
): Field {
  const codes = new Float32Array(count);
  stores.get(at)?.moveTo(codes, count, 0, 1);
  const values = texts.length > 256 ? new Uint16Array(count) : new Uint8Array(count);
  for (let row = 0; row < count; row++) values[row] = places[codes[row] as number] ?? 0;
  const field: Field = { shape: [], count, values, scale: 1, classNames: texts };
  return type === 'label' || type === 'category' ? { ...field, classes: texts.length } : field;
}

function numbersOf({ at }: TableColumn, stores: TablePart['stores'], count: number): Field {
  const values = new Float32Array(count);
  stores.get(at)?.moveTo(values, count, 0, 1);
  return { shape: [], count, values, scale: 1 };
}

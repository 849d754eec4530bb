import type { DataSet, Fields } from '../data-set.ts';
import { DataError } from '../errors.ts';
import type { DataSettings } from '../settings.ts';
import { baseName, type DataSource } from '../source.ts';
import { tableFields } from '../table/fields.ts';
import { columnInfo, type TablePart, TableReader } from '../table/read.ts';

/** Text of any kind may be a table where it is all there is. */
function tablesIn(source: DataSource): readonly string[] {
  const names = source.files().map(({ name }) => name);
  const ending = names.length === 1 ? /\.(csv|tsv|tab|txt|data|dat)$/i : /\.(csv|tsv|tab)$/i;
  return names.filter((name) => ending.test(name));
}

const parts = {
  train: /^train(ing)?\b/i,
  validation: /^val(id(ation)?)?\b/i,
  test: /^test(ing)?\b/i,
} as const;

type Part = keyof typeof parts;

/** Which file is which part; one table alone is for training. */
function partsOf(source: DataSource): ReadonlyMap<Part, string> {
  const tables = tablesIn(source);
  const [only] = tables;
  const found = new Map<Part, string>();
  if (only && tables.length === 1) return found.set('train', only);
  for (const part of ['train', 'validation', 'test'] as const) {
    const file = tables.find((name) => parts[part].test(baseName(name).replace(/_/g, ' ')));
    if (file) found.set(part, file);
  }
  return found;
}

export function looksLikeTable(source: DataSource): boolean {
  return tablesIn(source).length > 0;
}

/** Reads a table, or one each for training, validation and test. Throws `DataError`, naming file and line. */
export async function readTable(source: DataSource, settings: DataSettings): Promise<DataSet> {
  const files = partsOf(source);
  if (!files.has('train')) {
    throw new DataError(
      'unknown-format',
      `“${source.name}” holds several tables: choose one of them, or call them train.csv and test.csv.`,
    );
  }
  const reader = new TableReader(settings);
  const read = new Map<Part, TablePart>();
  try {
    for (const [part, file] of files) {
      const limit = part === 'train' ? settings.limit : null;
      read.set(part, await reader.read(source.stream(file), file, limit));
    }
  } catch (error) {
    if (!(error instanceof DataError) || reader.columns.length === 0) throw error;
    throw new DataError(error.code, error.message, columnInfo(reader, [...read.values()]));
  }
  const fields = new Map<Part, Fields>();
  for (const [part, rows] of read) {
    const file = files.get(part) ?? source.name;
    fields.set(part, tableFields(file, reader.columns, rows, settings.categories));
  }
  const train = fields.get('train') ?? new Map();
  const validation = fields.get('validation');
  const test = fields.get('test');
  const target = reader.columns.find(({ isTarget }) => isTarget)?.name;
  return {
    name: source.name,
    train,
    ...(validation ? { validation } : {}),
    ...(test ? { test } : {}),
    columns: columnInfo(reader, [...read.values()]),
    ...(target === undefined ? {} : { target }),
    notes: [...read].flatMap(([part, rows]) => notesOn(files.get(part) ?? '', rows)),
  };
}

function notesOn(file: string, { dropped, surplus, count }: TablePart): readonly string[] {
  const rows = (n: number) => `${n} ${n === 1 ? 'row' : 'rows'}`;
  const notes: string[] = [];
  if (dropped > 0) {
    notes.push(
      `${rows(dropped)} of “${file}” with missing values ${dropped === 1 ? 'was' : 'were'} left out.`,
    );
  }
  if (surplus > 0)
    notes.push(`${rows(count)} were drawn from the ${count + surplus} of “${file}”.`);
  return notes;
}

/** What the inspector says where attributes are set: tables, shapes, initializers, several nodes, examples. */

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

const rowNames = {
  vector: ['entry', 'entries'],
  matrix: ['row', 'rows'],
  numbers: ['example', 'examples'],
  vectors: ['example', 'examples'],
} as const satisfies Record<string, readonly [one: string, many: string]>;

type Rows = keyof typeof rowNames;

export const inspecting = {
  table: {
    label: (name: string, rows: number, columns: number) => `${name}, ${rows} × ${columns}`,
    corner: (kind: Rows) => rowNames[kind][0],
    cell: (row: number, column: number, text: string) => `row ${row}, column ${column}: ${text}`,
    field: (row: number, column: number) => `row ${row}, column ${column}`,
    hint: 'Type, or paste from a spreadsheet.',
    rows: (kind: Rows) => rowNames[kind][1],
    columns: 'columns',
    addRow: (kind: Rows) => `Add ${kind === 'matrix' ? 'a row' : `an ${rowNames[kind][0]}`}`,
    removeRow: (kind: Rows, at: number) => `Remove ${rowNames[kind][0]} ${at}`,
    addColumn: 'Add a column',
    removeColumn: (at: number) => `Remove column ${at}`,
    copy: 'Copy as a table',
    copied: 'Copied: paste it into a spreadsheet.',
    copyFailed: 'The numbers could not be copied.',
    now: (kind: Rows, rows: number, columns: number) =>
      `${counted(rows, rowNames[kind][0], rowNames[kind][1])}, ${counted(columns, 'column', 'columns')}`,
    noNumber: 'This is not a number.',
    paste: {
      empty: 'There are no numbers on the clipboard.',
      'not-rows': 'These lists are no table: rows of numbers, all equally long, are needed.',
      ragged: (row: number, has: number, wanted: number) =>
        `Row ${row} has ${counted(has, 'cell', 'cells')} where the first has ${wanted}.`,
      'no-number': (row: number, column: number, text: string) =>
        text === ''
          ? `Row ${row}, column ${column} is empty.`
          : `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}” in row ${row}, column ${column} is not a number.`,
      unchanged: (why: string) =>
        `Nothing was pasted: ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
    },
  },

  large: (shape: string, count: number) =>
    `${shape}: ${counted(count, 'number', 'numbers')}, too many to edit one by one.`,
  range: (low: string, high: string) => `From ${low} to ${high}.`,
  noValue: 'none',
  startWith: { zeros: 'Fill with zeros', drawn: 'Keep the drawn numbers' },

  shape: {
    scalar: 'a single number',
    'not-closed': 'A shape is written like 3 × 4, 3, 4 or [3, 4].',
    'no-length': (text: string) =>
      `“${text}” is no length of an axis: whole numbers from 1 are needed, like 3 × 4.`,
  },

  seed: { another: 'New seed' },
  mixed: 'mixed',

  start: {
    title: 'Distribution',
    unused:
      'A value is set, so the initializer and the seed are not used. Remove the value to draw again.',
    label: (count: number, low: string, high: string) =>
      `Histogram of the ${counted(count, 'number', 'numbers')} drawn, from ${low} to ${high}`,
    valueLabel: (count: number, low: string, high: string) =>
      `Histogram of the ${counted(count, 'number', 'numbers')} of the value, from ${low} to ${high}`,
    mean: 'mean',
    deviation: 'deviation',
    drawn: 'drawn',
    expected: 'expected',
    fanIn: 'fan-in',
    fanOut: 'fan-out',
  },

  many: {
    title: (nodes: number, wires: number) =>
      `${[
        ...(nodes > 0 ? [counted(nodes, 'node', 'nodes')] : []),
        ...(wires > 0 ? [counted(wires, 'wire', 'wires')] : []),
      ].join(' and ')} selected`,
    list: 'Selected',
    wires: 'wires',
    wiresOf: (count: number, all: number) => `${count} of ${all}`,
    set: (what: string, count: number) => `Set ${what} of ${counted(count, 'node', 'nodes')}`,
    named: {
      init: 'the initializer',
      shape: 'the shape',
      value: 'the value',
      seed: 'the seed',
    } as Readonly<Record<string, string>>,
    quoted: (label: string) => `“${label}”`,
  },

  help: {
    title: 'How it works',
    example: 'Example',
    value: 'value',
    gradient: 'gradient',
    upstream: (name: string) =>
      `The gradient on ${name} is the upstream one the others follow from.`,
    perExample: 'The outer brackets of a batched input hold one example after another.',
  },
};

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '#graph';
import { nodeId } from '#graph';
import { fromNested, toNested } from '#tensor';
import { parseShape } from '../../renderer/format/parse-shape.ts';
import { parseTable, type Table, tableText } from '../../renderer/format/parse-table.ts';
import { moveOf, typedBy } from '../../renderer/inspector/grid-keys.ts';
import { changedAttrs, fitted } from '../../renderer/inspector/source-attrs.ts';
import {
  arrayOf,
  tableOf,
  tableOfBlock,
  type ValueTable,
  withBlock,
  withCell,
  withColumn,
  withoutColumn,
  withoutRow,
  withRow,
} from '../../renderer/inspector/value-table.ts';

const nested = ({ rows, columns, data }: Table) =>
  Array.from({ length: rows }, (_, row) => [...data.slice(row * columns, (row + 1) * columns)]);

function read(text: string): unknown {
  const parsed = parseTable(text);
  return parsed.kind === 'table' ? nested(parsed.table) : parsed;
}

describe('text from a spreadsheet', () => {
  it.each([
    [
      '1\t2\r\n3\t4\r\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '1.5\t−2\n1e3\t1/4',
      [
        [1.5, -2],
        [1000, 0.25],
      ],
    ],
    [
      '1,5\t2\n-0,25\t1.000,5',
      [
        [1.5, 2],
        [-0.25, 1000.5],
      ],
    ],
    [
      '1,5\t2\n-0,25\t1000',
      [
        [1.5, 2],
        [-0.25, 1000],
      ],
    ],
    [
      '1,5;2\n3;4,25',
      [
        [1.5, 2],
        [3, 4.25],
      ],
    ],
    ['1,234.5\t2', [[1234.5, 2]]],
    ['1.234,5\t2', [[1234.5, 2]]],
    [
      '1, 2, 3\n4,5,6',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    ['"1";"2"', [[1, 2]]],
    [
      ' 1  2\n 3  4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['7', [[7]]],
    [
      '[[1, 2], [3, 4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '[[1 2]\n [3 4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['[1, 2]', [[1], [2]]],
  ])('%j', (text, found) => {
    expect(read(text)).toEqual(found);
  });

  it.each([
    ['', { why: 'empty' }],
    ['\n\n', { why: 'empty' }],
    ['1\t2\n3', { why: 'ragged', row: 2, has: 1, wanted: 2 }],
    ['1\tx', { why: 'no-number', row: 1, column: 2, text: 'x' }],
    ['1\t\n2\t3', { why: 'no-number', row: 1, column: 2, text: '' }],
    ['Infinity', { why: 'no-number', row: 1, column: 1 }],
    ['[[1, 2], [3]]', { why: 'not-rows' }],
    ['[[[1]]]', { why: 'not-rows' }],
  ])('%j is refused with its place', (text, why) => {
    expect(read(text)).toMatchObject({ kind: 'problem', ...why });
  });

  it('comes back as it was copied, to the last digit', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc
          .array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
            minLength: rows * columns,
            maxLength: rows * columns,
          })
          .map((entries) => ({
            rows,
            columns, // No spreadsheet writes a −0.
            data: Float64Array.from(entries, (x) => x + 0),
          })),
      );
    fc.assert(
      fc.property(table, (given) => {
        expect(read(tableText(given))).toEqual(nested(given));
      }),
    );
  });
});

describe('a shape', () => {
  it.each([
    ['3×4', [3, 4]],
    ['3 x 4', [3, 4]],
    ['3, 4', [3, 4]],
    ['[3,4]', [3, 4]],
    ['(3, 4)', [3, 4]],
    ['3 4', [3, 4]],
    ['28 × 28 × 1', [28, 28, 1]],
    ['7', [7]],
    ['', []],
    ['[]', []],
    ['3 × −1', [3, -1]],
  ])('“%s”', (text, shape) => {
    expect(parseShape(text)).toEqual({ kind: 'shape', shape });
  });

  it.each([
    ['3 × 0', '0'],
    ['3.5', '3.5'],
    ['3 × a', 'a'],
    ['−2', '-2'],
  ])('“%s” is refused for %s', (text, odd) => {
    expect(parseShape(text)).toEqual({ kind: 'problem', why: 'no-length', text: odd });
  });

  it.each(['[3, 4', '3]', '[[3], [4]]'])('“%s” is refused for its brackets', (text) => {
    expect(parseShape(text)).toEqual({ kind: 'problem', why: 'not-closed' });
  });
});

function table(value: Parameters<typeof fromNested>[0], batched = false): ValueTable {
  const found = tableOf(fromNested(value), batched);
  if (!found) throw new Error('This is no table.');
  return found;
}

const value = (of: ValueTable) => toNested(arrayOf(of));
const block = (rows: number[][]): Table => {
  const columns = rows[0]?.length ?? 0;
  return { rows: rows.length, columns, data: Float64Array.from(rows.flat()) };
};

describe('a value as a table', () => {
  it('is the same value again', () => {
    expect(value(table([1, 2, 3]))).toEqual([1, 2, 3]);
    expect(value(table([[1, 2]]))).toEqual([[1, 2]]);
    expect(value(table([[1], [2]]))).toEqual([[1], [2]]);
    expect(value(table([1, 2], true))).toEqual([1, 2]);
    expect(
      value(
        table(
          [
            [1, 2],
            [3, 4],
          ],
          true,
        ),
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('is there for one or two axes only', () => {
    expect(tableOf(fromNested(1), false)).toBeNull();
    expect(tableOf(fromNested([[[1]]]), false)).toBeNull();
  });

  it('has a row for each example', () => {
    expect(
      table(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        true,
      ),
    ).toMatchObject({ rows: 3, columns: 2 });
    expect(table([1, 2, 3], true)).toMatchObject({ kind: 'numbers', rows: 3, columns: 1 });
  });

  it('takes one entry, and leaves what it was made of alone', () => {
    const before = table([
      [1, 2],
      [3, 4],
    ]);
    expect(value(withCell(before, 1, 0, 9))).toEqual([
      [1, 2],
      [9, 4],
    ]);
    expect(value(before)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('grows and shrinks by rows and columns', () => {
    const square = table([
      [1, 2],
      [3, 4],
    ]);
    expect(value(withRow(square, 0))).toEqual([
      [1, 2],
      [0, 0],
      [3, 4],
    ]);
    expect(value(withColumn(square, 1))).toEqual([
      [1, 2, 0],
      [3, 4, 0],
    ]);
    expect(value(withoutRow(square, 0))).toEqual([[3, 4]]);
    expect(value(withoutColumn(square, 1))).toEqual([[1], [3]]);
    expect(value(withColumn(table([1, 2]), 0))).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(value(withColumn(table([1, 2], true), 0))).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it('takes a block, and grows where the block is larger', () => {
    const square = table([
      [1, 2],
      [3, 4],
    ]);
    expect(value(withBlock(square, 0, 0, block([[5], [6]])))).toEqual([
      [5, 2],
      [6, 4],
    ]);
    expect(value(withBlock(square, 1, 1, block([[7, 8]])))).toEqual([
      [1, 2, 0],
      [3, 7, 8],
    ]);
    // Along a vector a row means the same as a column.
    expect(value(withBlock(table([1, 2, 3]), 1, 0, block([[8, 9, 10]])))).toEqual([1, 8, 9, 10]);
    expect(
      value(
        withBlock(
          table([1, 2]),
          0,
          0,
          block([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    // Examples are rows, so a row pasted over a batch of numbers makes vectors of them.
    expect(value(withBlock(table([1, 2], true), 0, 0, block([[5, 6]])))).toEqual([
      [5, 6],
      [2, 0],
    ]);
  });

  it('is a vector where nothing stood and one row or column comes', () => {
    expect(value(tableOfBlock(block([[1, 2, 3]]), false))).toEqual([1, 2, 3]);
    expect(value(tableOfBlock(block([[1], [2]]), false))).toEqual([1, 2]);
    expect(value(tableOfBlock(block([[1, 2]]), true))).toEqual([[1, 2]]);
    expect(value(tableOfBlock(block([[1], [2]]), true))).toEqual([1, 2]);
  });
});

describe('keys in a table', () => {
  const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  const extent = { rows: 2, columns: 3 };
  const to = (key: string, row: number, column: number, more = {}, typing = false) => {
    const place = moveOf({ ...plain, key, ...more }, { row, column }, extent, typing);
    return place && [place.row, place.column];
  };

  it('move as in a spreadsheet', () => {
    expect(to('Enter', 0, 1)).toEqual([1, 1]);
    expect(to('Enter', 1, 1, { shiftKey: true })).toEqual([0, 1]);
    expect(to('Enter', 1, 1)).toEqual([1, 1]);
    expect(to('Tab', 0, 2)).toEqual([1, 0]);
    expect(to('Tab', 1, 2)).toEqual([1, 2]);
    expect(to('Tab', 1, 0, { shiftKey: true })).toEqual([0, 2]);
    expect(to('ArrowRight', 0, 0)).toEqual([0, 1]);
    expect(to('ArrowRight', 0, 0, { ctrlKey: true })).toEqual([0, 2]);
    expect(to('Home', 1, 2, { ctrlKey: true })).toEqual([0, 0]);
    expect(to('End', 0, 0)).toEqual([0, 2]);
  });

  it('leave what moves within a text to the text', () => {
    expect(to('ArrowLeft', 0, 1, {}, true)).toBeNull();
    expect(to('Home', 0, 1, {}, true)).toBeNull();
    expect(to('ArrowDown', 0, 1, {}, true)).toEqual([1, 1]);
  });

  it('begin to type', () => {
    expect(typedBy({ ...plain, key: '7' }, '1')).toBe('7');
    expect(typedBy({ ...plain, key: '−' }, '1')).toBe('−');
    expect(typedBy({ ...plain, key: 'F2' }, '1')).toBe('1');
    expect(typedBy({ ...plain, key: 'Delete' }, '1')).toBe('');
    expect(typedBy({ ...plain, key: 'z', ctrlKey: true }, '1')).toBeNull();
    expect(typedBy({ ...plain, key: 'Shift' }, '1')).toBeNull();
  });
});

describe('the shape of a value', () => {
  it('keeps all numbers where they fill it, else those that have a place', () => {
    const six = fromNested([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(toNested(fitted(six, [3, 2]))).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(toNested(fitted(six, [2, 2]))).toEqual([
      [1, 2],
      [4, 5],
    ]);
    expect(toNested(fitted(six, [3, 4]))).toEqual([
      [1, 2, 3, 0],
      [4, 5, 6, 0],
      [0, 0, 0, 0],
    ]);
    expect(toNested(fitted(fromNested(7), [2]))).toEqual([7, 0]);
    expect(toNested(fitted(fromNested([7, 8]), []))).toBe(7);
  });

  const node = (attrs: object): GraphNode => ({
    id: nodeId('x'),
    op: 'input',
    label: 'x',
    attrs,
    position: { x: 0, y: 0 },
  });

  it('goes with the value, and so does whether there is one per example', () => {
    const shared = node({ shape: [2], batched: false, value: fromNested([1, 2]) });
    expect(changedAttrs(shared, 'shape', [3])).toEqual({
      shape: [3],
      value: fromNested([1, 2, 0]),
    });
    expect(changedAttrs(shared, 'batched', true)).toEqual({
      batched: true,
      shape: [],
      value: fromNested([1, 2]),
    });
    const batch = node({
      shape: [2],
      batched: true,
      value: fromNested([
        [1, 2],
        [3, 4],
      ]),
    });
    expect(changedAttrs(batch, 'shape', [1])).toEqual({
      shape: [1],
      value: fromNested([[1], [3]]),
    });
    expect(changedAttrs(batch, 'batched', false)).toEqual({
      batched: false,
      shape: [2, 2],
      value: fromNested([
        [1, 2],
        [3, 4],
      ]),
    });
    expect(changedAttrs(batch, 'value', fromNested([[1, 2, 3]]))).toMatchObject({ shape: [3] });
    const single = node({ shape: [], batched: false, value: fromNested(2) });
    expect(changedAttrs(single, 'batched', true)).toMatchObject({ value: fromNested([2]) });
    const empty = node({ shape: [], batched: false });
    expect(changedAttrs(empty, 'shape', [3])).toEqual({ shape: [3] });
  });
});

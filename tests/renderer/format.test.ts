import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromNested, ndArray } from '#tensor';
import { nameLatex, nameParts } from '../../renderer/format/names.ts';
import {
  defaultDisplay,
  formatCount,
  formatNumber,
  formatPercent,
  Numbers,
} from '../../renderer/format/numbers.ts';
import { parseValue } from '../../renderer/format/parse-value.ts';
import { formatBadge, formatNested } from '../../renderer/format/tensors.ts';
import { cellsOf } from '../../renderer/ui/heat-cells.ts';

describe('a number', () => {
  it.each([
    [20, '20'],
    [-0.53, '−0.53'],
    [0.73105857863, '0.7311'],
    [50000, '50000'],
    [1 / 3, '0.3333'],
    [-0, '0'],
    [3.1e-6, '3.1e−6'],
    [1.5e9, '1.5e9'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [Number.NaN, 'NaN'],
  ])('%d reads %s', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });

  it('stands in parentheses behind an operator where it is negative', () => {
    const numbers = new Numbers(defaultDisplay);
    expect(numbers.operand(-2)).toBe('(−2)');
    expect(numbers.operand(2)).toBe('2');
  });

  it.each([
    [1, '1'],
    [0.9999999999999999, '1'],
    [-0, '0'],
    [-0.534446645388523, '−0.53'],
    [-0.19661193324148188, '−0.20'],
    [0.4, '0.40'],
    [3.999, '4.00'],
    [1234.5678, '1234.57'],
    [0.0039, '0.004'],
    [-0.000012, '−1e−5'],
    [1.5e9, '1.5e9'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d reads %s with two decimals', (x, text) => {
    expect(new Numbers({ by: 'decimals', digits: 2, blackboard: false }).format(x)).toBe(text);
  });

  it('is shorter where room is scarce, but keeps the decimals that were chosen', () => {
    const as = (by: 'significant' | 'decimals', digits: number) =>
      new Numbers({ by, digits, blackboard: false }).format(0.123456, 3);
    expect(as('significant', 6)).toBe('0.123');
    expect(as('significant', 2)).toBe('0.12');
    expect(as('decimals', 4)).toBe('0.1235');
  });

  it('is a share or a count where it means one', () => {
    expect(formatPercent(0.9637)).toBe('96.4 %');
    expect(formatCount(12400.4)).toBe('12,400');
  });

  it('is within one part in a thousand of what it stands for', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (x) => {
        const back = Number(formatNumber(x).replaceAll('−', '-'));
        expect(Math.abs(back - x)).toBeLessThanOrEqual(Math.abs(x) * 1e-3 + Number.MIN_VALUE);
      }),
    );
  });
});

describe('a typed value', () => {
  it.each([
    ['2', 2],
    ['−0.5', -0.5],
    ['1e-3', 0.001],
    [' .5 ', 0.5],
    ['1/4', 0.25],
    ['[1, 2, 3]', [1, 2, 3]],
    ['[1 2 3]', [1, 2, 3]],
    ['[[1, −2], [3, 4]]', [[1, -2], [3, 4]]], // biome-ignore format: a matrix in one line
  ])('“%s” is read', (text, nested) => {
    expect(parseValue(text)).toEqual({ kind: 'value', array: fromNested(nested) });
  });

  it.each([
    ['2, 3', 'not-a-number'],
    ['two', 'not-a-number'],
    ['1/0', 'not-a-number'],
    ['[1, x]', 'not-a-number'],
    ['[1, 2', 'not-closed'],
    ['1]', 'not-closed'],
    ['[[1], [2, 3]]', 'ragged'],
  ])('“%s” is refused as %s', (text, why) => {
    expect(parseValue(text)).toEqual({ kind: 'problem', why });
  });

  it('is no value where nothing is typed', () => {
    expect(parseValue('  ')).toEqual({ kind: 'none' });
  });

  it('comes back from its own text', () => {
    const row = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(row, (numbers) => {
        const array = fromNested(numbers.map((x) => x + 0));
        expect(parseValue(formatNested(array))).toEqual({ kind: 'value', array });
      }),
    );
  });
});

describe('a name', () => {
  it('has its subscript taken apart', () => {
    expect(nameParts('W₁')).toEqual({ base: 'W', subscript: '1' });
    expect(nameParts('x_12')).toEqual({ base: 'x', subscript: '12' });
    expect(nameParts('loss')).toEqual({ base: 'loss', subscript: '' });
  });

  it('is safe as LaTeX whatever a person calls a node', () => {
    expect(nameLatex('W₁')).toBe('W_{1}');
    expect(nameLatex('my {loss} \\frac')).toBe('\\mathit{my \\{loss\\}  frac}');
  });
});

describe('a tensor in the small', () => {
  it('says its shape, and how many examples there are', () => {
    const data = fromNested([
      [1, 2],
      [3, 4],
    ]);
    expect(formatBadge({ batched: false, shape: [2, 2], data })).toBe('2×2');
    expect(formatBadge({ batched: true, shape: [2], data })).toBe('2 ×2');
    expect(formatBadge({ batched: true, shape: [], data: fromNested([1, 2, 3]) })).toBe('×3');
  });

  it('keeps the largest entry where several fall into one cell', () => {
    const { rows, columns, entries } = cellsOf(fromNested([1, -4, 2, 2]), 1, 2);
    expect([rows, columns]).toEqual([1, 2]);
    expect(entries).toEqual([-1, 0.5]);
  });

  it('shows a picture with one channel as a picture', () => {
    const picture = fromNested([
      [[1], [2]],
      [[3], [4]],
    ]);
    expect(cellsOf(picture, 9, 9)).toMatchObject({ rows: 2, columns: 2 });
  });

  it('is empty, not broken, where all entries are zero', () => {
    expect(cellsOf(fromNested([0, 0]), 1, 2).entries).toEqual([0, 0]);
    const spoilt = ndArray([4], [Number.NaN, 2, -1, Number.NEGATIVE_INFINITY]);
    expect(cellsOf(spoilt, 1, 4).entries).toEqual([Number.NaN, 1, -0.5, -1]);
    expect(cellsOf(spoilt, 1, 2).entries).toEqual([Number.NaN, -1]);
  });
});

import { describe, expect, it } from 'vitest';
import { DataError, readDataSet } from '#data';
import { numpyArray, readNpy } from '../../src/data/files/npy.ts';
import { type Fixture, fixture } from './python-fixtures.ts';
import { sourceOf } from './sources.ts';

const types: readonly Fixture[] = [
  'npy <f4',
  'npy >f4',
  'npy <f8',
  'npy i1',
  'npy <i2',
  'npy >i2',
  'npy <i4',
  'npy <i8',
  'npy u1',
  'npy <u2',
  'npy <u4',
  'npy <u8',
];

describe('arrays of numpy', () => {
  it.each(types)('are read: %s', (name) => {
    const { shape, values } = readNpy(fixture(name), name);
    expect(shape).toEqual([2, 3]);
    expect([...values]).toEqual([1, 0, 3, 4, 5, 6]);
  });

  it('are read of half precision, also the smallest and what is no number', () => {
    // By numpy: float16 of 1, −2.5, 65504, 2⁻²⁴, 2⁻¹⁴, ∞ and NaN.
    const bits = [0x3c00, 0xc100, 0x7bff, 0x0001, 0x0400, 0x7c00, 0x7e00];
    for (const [type, order] of [
      ['<f2', [0, 1]],
      ['>f2', [1, 0]],
    ] as const) {
      const bytes = Uint8Array.from(
        bits.flatMap((half) => {
          const pair = [half & 0xff, half >> 8];
          return order.map((at) => pair[at] ?? 0);
        }),
      );
      const { values, isWhole } = numpyArray(type, [7], false, bytes, 'half');
      expect(isWhole).toBe(false);
      expect([...values]).toEqual([1, -2.5, 65504, 2 ** -24, 2 ** -14, Infinity, Number.NaN]);
    }
  });

  it('are read of truth values, and in Fortran order', () => {
    expect([...readNpy(fixture('npy ?'), 'b').values]).toEqual([1, 0, 1, 1, 1, 1]);
    const { shape, values } = readNpy(fixture('npy Fortran'), 'f');
    expect(shape).toEqual([2, 3, 2]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([...readNpy(fixture('npy Fortran bytes'), 'f').values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('become parts and fields by their names', async () => {
    const { train, test } = await readDataSet(sourceOf({ 'm.npz': fixture('npz of parts') }));
    expect(train.get('x')).toMatchObject({ shape: [2, 4, 1], count: 3, scale: 1 / 255 });
    expect(train.get('y')).toMatchObject({ shape: [], count: 3, classes: 4 });
    expect(test?.get('y')).toMatchObject({ count: 1, classes: 4 });
    const other = await readDataSet(sourceOf({ 'm.npz': fixture('npz of X and Y') }));
    expect([...other.train.keys()]).toEqual(['x', 'y', 'weight']);
    expect(other.train.get('y')?.classes).toBeUndefined();
    const files = await readDataSet(
      sourceOf({ 'train_images.npy': fixture('npy <f4'), 'train_labels.npy': fixture('npy <f8') }),
    );
    expect(files.train.get('y')?.shape).toEqual([3]);
  });

  const text = (header: string) => {
    const padded = header.padEnd(118);
    return Uint8Array.from(
      [0x93, ...'NUMPY'.split('').map((c) => c.charCodeAt(0)), 1, 0, 118, 0].concat(
        padded.split('').map((c) => c.charCodeAt(0)),
      ),
    );
  };

  it.each<readonly [string, Uint8Array, RegExp]>([
    ['no array', new TextEncoder().encode('hello'), /“x\.npy” is no \.npy file/],
    ['cut off', fixture('npy <f4').subarray(0, -1), /“x\.npy” is cut off/],
    ['cut off early', fixture('npy <f4').subarray(0, 30), /cut off in the middle of its header/],
    ['longer than it says', Uint8Array.from([...fixture('npy u1'), 0]), /longer than it says/],
    ['records', fixture('npy records'), /records/],
    ['objects', fixture('npy objects'), /type “\|O”/],
    ['not finite', fixture('npy NaN'), /Example 2 of “x\.npy” holds NaN/],
    ['empty', fixture('npy nothing'), /holds no examples/],
    [
      '2⁴⁰ numbers by its own word',
      text(`{'descr': '<f8', 'fortran_order': True, 'shape': (1099511627776,), }`),
      /is cut off: it should hold 1099511627776/,
    ],
    [
      'odd',
      text(`{'descr': '<f8', 'fortran_order': True, 'shape': (-1,), }`),
      /header does not say/,
    ],
  ])('%s are refused with a sentence', async (_, bytes, sentence) => {
    const reading = readDataSet(sourceOf({ 'x.npy': bytes }));
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(sentence);
  });

  it('of different lengths are refused', async () => {
    const other = sourceOf({ 'x.npy': fixture('npy Fortran'), 'm.npz': fixture('npz of parts') });
    await expect(readDataSet(other)).rejects.toThrow(
      /“x\.npy” has 2 examples, but “m\.npz\/x_train\.npy” 3/,
    );
  });
});

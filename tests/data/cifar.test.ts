import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError, gatherRows, readDataSet } from '#data';
import { inPieces, sourceOf } from './sources.ts';

/** A record: the label, then three planes of one value each. */
function record(label: number, red: number, green: number, blue: number): Uint8Array {
  const bytes = new Uint8Array(3073);
  bytes[0] = label;
  bytes.fill(red, 1, 1025).fill(green, 1025, 2049).fill(blue, 2049);
  return bytes;
}

function batch(...records: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(records.flatMap((bytes) => [...bytes]));
}

const one = batch(record(3, 255, 51, 0), record(9, 0, 102, 255));

describe('CIFAR-10 in binary batches', () => {
  it('gives images of three colours and their classes, batch after batch', async () => {
    const second = record(0, 1, 2, 3);
    // The last pixel of the red plane, and the second of the green one.
    second[1024] = 77;
    second[1026] = 88;
    const source = sourceOf({
      'data_batch_10.bin': batch(record(5, 0, 0, 0)),
      'data_batch_2.bin': second,
      'data_batch_1.bin': one,
      'test_batch.bin': record(1, 9, 9, 9),
      'readme.html': 'not read',
    });
    const { train, test } = await readDataSet(inPieces(source, 1000));
    const x = train.get('x');
    if (!x) throw new Error('no x');
    expect(x).toMatchObject({ shape: [32, 32, 3], count: 4 });
    expect([...(train.get('y')?.values ?? [])]).toEqual([3, 9, 0, 5]);
    expect(train.get('y')?.classNames?.[3]).toBe('cat');
    expect(test?.get('y')?.count).toBe(1);
    const rows = new Float32Array(2 * 3072);
    gatherRows(x, [0, 2], 0, rows);
    expect([...rows.subarray(0, 6)].map((value) => Math.round(255 * value))).toEqual([
      255, 51, 0, 255, 51, 0,
    ]);
    const third = [...rows.subarray(3072)].map((value) => Math.round(255 * value));
    expect(third.slice(0, 6)).toEqual([1, 2, 3, 1, 88, 3]);
    expect(third.slice(-3)).toEqual([77, 2, 3]);
  });

  it('is read from a folder within the folder, with the names of batches.meta.txt', async () => {
    const names = Array.from({ length: 10 }, (_, at) => `kind ${at}`);
    const source = sourceOf({
      'cifar-10-batches-bin/data_batch_1.bin': one,
      'cifar-10-batches-bin/batches.meta.txt': `${names.join('\r\n')}\r\n\r\n`,
    });
    expect((await readDataSet(source)).train.get('y')?.classNames).toEqual(names);
  });

  it('is read with fewer records than the original has', async () => {
    const folder = resolve('../shared/data/cifar-10');
    const files = readdirSync(folder).filter((name) => /(1|test_batch)\.bin$|txt$/.test(name));
    const source = sourceOf(
      Object.fromEntries(files.map((name) => [name, readFileSync(resolve(folder, name))])),
    );
    const { train, test } = await readDataSet(source);
    expect(train.get('x')?.count).toBe(1000);
    expect(test?.get('x')?.count).toBe(1000);
    expect(new Set(train.get('y')?.values).size).toBe(10);
  });

  it.each<readonly [string, Record<string, Uint8Array>, RegExp]>([
    [
      'that is cut off',
      { 'data_batch_1.bin': one.slice(0, -5) },
      /“data_batch_1\.bin” is cut off.* after 1 images/,
    ],
    ['that is empty', { 'data_batch_1.bin': new Uint8Array(0) }, /does not hold a single image/],
    [
      'with a label out of range',
      { 'data_batch_2.bin': batch(record(9, 0, 0, 0), record(10, 0, 0, 0)) },
      /Image 2 of “data_batch_2\.bin” has the label 10/,
    ],
    [
      'with a bad test batch',
      { 'data_batch_1.bin': one, 'test_batch.bin': new Uint8Array(7) },
      /“test_batch\.bin” is no batch/,
    ],
  ])('%s is refused with a sentence', async (_, files, sentence) => {
    await expect(readDataSet(sourceOf(files))).rejects.toThrow(DataError);
    await expect(readDataSet(sourceOf(files))).rejects.toThrow(sentence);
  });
});

import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DataError, memorySource, readDataSet } from '#data';
import { gunzip } from '../../src/data/files/gunzip.ts';
import { untar } from '../../src/data/files/tar.ts';
import { unzip } from '../../src/data/files/zip.ts';
import { idx, joined, pythonTwoBatch, tar, tarHeader } from './formats.ts';
import { fixture } from './python-fixtures.ts';
import { inPieces, sourceOf } from './sources.ts';

const table = new TextEncoder().encode('a,y\n1,0.5\n2,0.25\n');

async function* once(bytes: Uint8Array) {
  yield bytes;
}

async function listed(archive: Uint8Array, most = 1e9) {
  const names: string[] = [];
  for await (const { name, bytes } of untar(once(archive), 'some.tar', () => true, most)) {
    names.push(`${name} ${bytes.length}`);
  }
  return names;
}

describe('packed data', () => {
  it.each<readonly [string, Uint8Array]>([
    ['table.csv.gz', gzipSync(table)],
    ['two-members.csv.gz', joined([gzipSync(table.slice(0, 7)), gzipSync(table.slice(7))])],
    ['data.tar', tar({ 'folder/table.csv': table })],
    ['data.tar.gz', gzipSync(tar({ './table.csv': table }))],
    ['data.tgz', gzipSync(tar({ [`${'long/'.repeat(40)}table.csv`]: table }))],
    ['data.zip', zipSync({ 'in/table.csv': table, '__MACOSX/table.csv': table, '.hidden': table })],
  ])('is read from %s', async (name, bytes) => {
    const { train } = await readDataSet(inPieces(sourceOf({ [name]: bytes }), 100));
    expect(train.get('x')?.values).toEqual(Float32Array.of(1, 2));
  });

  it('is passed over where the same lies there unpacked', async () => {
    const other = new TextEncoder().encode('a,y\n7,0.5\n8,0.25\n');
    const { train } = await readDataSet(sourceOf({ 't.csv.gz': gzipSync(other), 't.csv': table }));
    expect(train.get('x')?.values).toEqual(Float32Array.of(1, 2));
  });

  it.each<readonly [string, string, Uint8Array, RegExp]>([
    ['gzip that is none', 't.csv.gz', table, /“t\.csv\.gz” cannot be unpacked/],
    [
      'gzip that is cut off',
      't.csv.gz',
      gzipSync(table).subarray(0, 20),
      /“t\.csv\.gz” cannot be unpacked: it is cut off/,
    ],
    ['a tar that is none', 't.tar', new Uint8Array(2048).fill(7), /“t\.tar” is no tar archive/],
    [
      'a tar that is cut off',
      't.tar',
      tar({ 'a.csv': table }).subarray(0, 520),
      /“t\.tar” is cut off/,
    ],
    ['a zip that is none', 't.zip', table, /“t\.zip” cannot be unpacked/],
    [
      'an archive of nothing known',
      't.zip',
      zipSync({ 'readme.pdf': table }),
      /holds no data this program knows/,
    ],
  ])('%s is refused with a sentence', async (_, name, bytes, sentence) => {
    const reading = readDataSet(sourceOf({ [name]: bytes }));
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(sentence);
  });

  it('does not unpack more than is bearable, whatever it claims', async () => {
    expect(await listed(tar({ a: table, b: table }))).toEqual(['a 17', 'b 17']);
    await expect(listed(tar({ a: table, b: table }), 20)).rejects.toThrow(/more than 0 MB/);
    const absurd = tarHeader('a', 8 ** 11 - 1, '0');
    await expect(listed(absurd)).rejects.toThrow(/more than 1,000 MB/);
    const cut = tarHeader('a', 500_000_000, '0');
    await expect(listed(cut)).rejects.toThrow(/cut off/);
    const archive = zipSync({ a: new Uint8Array(1e6) });
    expect(() => unzip(archive, 'a.zip', () => true, 1e5)).toThrow(/more than 0 MB/);
  });

  it('unpacks a bomb a little at a time', async () => {
    const bomb = gzipSync(new Uint8Array(1 << 26));
    let largest = 0;
    for await (const piece of gunzip(once(bomb), 'bomb.gz'))
      largest = Math.max(largest, piece.length);
    expect(largest).toBeLessThan(1 << 25);
  });
});

describe('MNIST and its kin', () => {
  const images = idx([2, 2, 2], [0, 255, 51, 102, 1, 2, 3, 4]);

  it('is read packed', async () => {
    const { train } = await readDataSet(
      sourceOf({
        'train-images-idx3-ubyte.gz': gzipSync(images),
        'train-labels-idx1-ubyte.gz': gzipSync(idx([2], [7, 0])),
      }),
    );
    expect(train.get('x')).toMatchObject({ shape: [2, 2, 1], count: 2 });
  });

  it('has as many classes as the letters of EMNIST', async () => {
    const letters = Array.from({ length: 26 }, (_, at) => at + 1);
    const many = idx([26, 1, 1], letters);
    const { train, test } = await readDataSet(
      sourceOf({
        'emnist-letters-train-images-idx3-ubyte': many,
        'emnist-letters-train-labels-idx1-ubyte': idx([26], letters),
        'emnist-letters-test-images-idx3-ubyte': idx([1, 1, 1], [0]),
        'emnist-letters-test-labels-idx1-ubyte': idx([1], [3]),
      }),
    );
    expect(train.get('y')?.classes).toBe(27);
    expect(test?.get('y')?.classes).toBe(27);
  });

  it('refuses a test label that the training part does not know', async () => {
    const source = sourceOf({
      'train-images-idx3-ubyte': images,
      'train-labels-idx1-ubyte': idx([2], [7, 0]),
      't10k-images-idx3-ubyte': images,
      't10k-labels-idx1-ubyte': idx([2], [1, 12]),
    });
    await expect(readDataSet(source)).rejects.toThrow(/Label 2 of “t10k-labels-idx1-ubyte” is 12/);
  });
});

describe('CIFAR-10 as Python has it', () => {
  const planes = new Uint8Array(2 * 3072);
  planes
    .fill(255, 0, 1024)
    .fill(51, 1024, 2048)
    .fill(102, 3072 + 2048);
  planes[3072] = 7;
  const files: Record<string, Uint8Array> = {
    'Python 2': pythonTwoBatch([3, 9], planes),
    'protocol 2': fixture('pickle 2'),
    'protocol 3': fixture('pickle 3'),
    'protocol 4': fixture('pickle 4'),
    'protocol 5': fixture('pickle 5'),
  };
  it.each(Object.keys(files))('is read as %s wrote it', async (name) => {
    const { train } = await readDataSet(
      sourceOf({
        data_batch_1: files[name] ?? new Uint8Array(0),
        'batches.meta': fixture('pickle of names'),
      }),
    );
    const x = train.get('x');
    expect(x).toMatchObject({ shape: [32, 32, 3], count: 2 });
    expect([...(x?.values.slice(0, 4) ?? [])]).toEqual([255, 51, 0, 255]);
    expect([...(x?.values.slice(3072, 3078) ?? [])]).toEqual([7, 0, 102, 0, 0, 102]);
    expect([...(train.get('y')?.values ?? [])]).toEqual([3, 9]);
    expect(train.get('y')?.classNames?.[3]).toBe('kind 3');
  });

  it('is read from the archive', async () => {
    const archive = gzipSync(
      tar({
        'cifar-10-batches-py/data_batch_1': fixture('pickle 3'),
        'cifar-10-batches-py/test_batch': fixture('pickle 2'),
        'cifar-10-batches-py/readme.html': new Uint8Array(88),
      }),
    );
    const source = memorySource('down', new Map([['cifar-10-python.tar.gz', archive]]));
    const { train, test } = await readDataSet(source);
    expect([train.get('x')?.count, test?.get('x')?.count]).toEqual([2, 2]);
  });

  it.each<readonly [string, Uint8Array, RegExp]>([
    [
      'that names a function',
      fixture('pickle of a call'),
      /asks for “(posix|nt)\.system”, which is not among the data/,
    ],
    [
      'with fewer labels',
      fixture('pickle of fewer labels'),
      /has 2 images of 32 × 32, but 1 labels/,
    ],
    [
      'with a label out of range',
      fixture('pickle of a label out of range'),
      /Image 2 of “data_batch_1” has the label 12/,
    ],
    ['of floats', fixture('pickle of floats'), /has no data and labels/],
    [
      'that is cut off',
      fixture('pickle 2').subarray(0, 500),
      /“data_batch_1” is cut off, or no pickle/,
    ],
    ['that is text', new TextEncoder().encode('hello'), /“data_batch_1” is cut off, or no pickle/],
  ])('a batch %s is refused with a sentence', async (_, bytes, sentence) => {
    const reading = readDataSet(sourceOf({ data_batch_1: bytes }));
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(sentence);
  });
});

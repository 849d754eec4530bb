import { describe, expect, it } from 'vitest';
import { DataError, type DataSource, gatherRows, memorySource, readDataSet, readIdx } from '#data';
import { mnistSource } from '../support/training.ts';

/** An IDX file of bytes. */
function idx(shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = [0, 0, 8, shape.length, ...shape.flatMap((n) => [n >> 24, n >> 16, n >> 8, n])];
  return Uint8Array.from([...header, ...values].map((byte) => byte & 255));
}

const images = idx([2, 2, 2], [0, 255, 51, 102, 1, 2, 3, 4]);
const labels = idx([2], [7, 0]);

function folder(files: Readonly<Record<string, Uint8Array>>): DataSource {
  return memorySource('digits', new Map(Object.entries(files)));
}

const good = { 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels };

describe('IDX files', () => {
  it('give shape and numbers', () => {
    const { shape, values } = readIdx(images, 'images');
    expect(shape).toEqual([2, 2, 2]);
    expect([...values]).toEqual([0, 255, 51, 102, 1, 2, 3, 4]);
  });

  it.each([
    ['is empty', new Uint8Array(0), /no IDX file/],
    ['is text', new TextEncoder().encode('hello, world'), /no IDX file/],
    ['is cut off in its header', images.slice(0, 10), /cut off in the middle of its header/],
    ['is cut off', images.slice(0, -3), /cut off: 5 of 8 bytes/],
    ['is too long', idx([2], [1, 2, 3]), /longer than it says: 3 bytes instead of 2/],
    ['holds floats', Uint8Array.from([0, 0, 13, 1, 0, 0, 0, 0]), /no bytes/],
  ] as const)('a file that %s is refused by name', (_, buffer, sentence) => {
    expect(() => readIdx(buffer as Uint8Array, 'some-file')).toThrow(DataError);
    expect(() => readIdx(buffer as Uint8Array, 'some-file')).toThrow(sentence);
    expect(() => readIdx(buffer as Uint8Array, 'some-file')).toThrow(/“some-file”/);
  });
});

describe('a folder of MNIST', () => {
  it.each([
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
    ['train-images.idx3-ubyte', 'train-labels.idx1-ubyte'],
  ])('is read with files called %s', async (first, second) => {
    const { train, test } = await readDataSet(folder({ [first]: images, [second]: labels }));
    expect(test).toBeUndefined();
    expect(train.get('x')).toMatchObject({ shape: [2, 2, 1], count: 2 });
    expect(train.get('y')).toMatchObject({ shape: [], count: 2, classes: 10 });
  });

  it('has as many classes as its labels tell, of both parts', async () => {
    const picture = idx([3, 1, 1], [1, 2, 3]);
    const { train, test } = await readDataSet(
      folder({
        'train-images-idx3-ubyte': picture,
        'train-labels-idx1-ubyte': idx([3], [0, 2, 1]),
        't10k-images-idx3-ubyte': picture,
        't10k-labels-idx1-ubyte': idx([3], [3, 0, 1]),
      }),
    );
    expect(train.get('y')?.classes).toBe(4);
    expect(test?.get('y')?.classes).toBe(4);
  });

  it('delivers rows scaled to 0 … 1, in the order asked for', async () => {
    const { train } = await readDataSet(folder(good));
    const x = train.get('x');
    if (!x) throw new Error('no x');
    const rows = new Float32Array(8);
    gatherRows(x, [0, 1, 0], 1, rows);
    const wanted = [1, 2, 3, 4, 0, 255, 51, 102].map((pixel) => Math.fround(pixel * (1 / 255)));
    expect([...rows]).toEqual(wanted);
  });

  it('has 60,000 and 10,000 examples in the real one', async () => {
    const { train, test } = await readDataSet(mnistSource());
    expect(train.get('x')).toMatchObject({ shape: [28, 28, 1], count: 60_000 });
    expect(test?.get('y')?.count).toBe(10_000);
    // The first digits of the two sets, as everybody knows them.
    expect([...(train.get('y')?.values.slice(0, 5) ?? [])]).toEqual([5, 0, 4, 1, 9]);
    expect([...(test?.get('y')?.values.slice(0, 5) ?? [])]).toEqual([7, 2, 1, 0, 4]);
  });

  it.each([
    [
      'without labels',
      { 'train-images-idx3-ubyte': images },
      /has no file train-labels-idx1-ubyte/,
    ],
    [
      'with fewer labels than images',
      { ...good, 'train-labels-idx1-ubyte': idx([1], [7]) },
      /holds 2 images, but “train-labels-idx1-ubyte” 1 labels/,
    ],
    [
      'with a label out of range',
      { ...good, 'train-labels-idx1-ubyte': idx([2], [7, 10]) },
      /Label 2 of “train-labels-idx1-ubyte” is 10/,
    ],
    [
      'with labels where images should be',
      { ...good, 'train-images-idx3-ubyte': labels },
      /holds no images/,
    ],
    [
      'with no examples',
      { 'train-images-idx3-ubyte': idx([0, 2, 2], []), 'train-labels-idx1-ubyte': idx([0], []) },
      /no images/,
    ],
    [
      'with half a test set',
      { ...good, 't10k-labels-idx1-ubyte': labels },
      /has no file t10k-images/,
    ],
    ['of something else', { 'notes.pdf': labels }, /holds no data this program knows/],
  ] as const)('%s is refused with one sentence', async (_, files, sentence) => {
    const reading = readDataSet(folder(files as Record<string, Uint8Array>));
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(sentence);
  });
});

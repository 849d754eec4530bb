import { deflateSync } from 'node:zlib';
import { encode as encodePng } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { DataError, fullDataSettings, type PartialDataSettings, readDataSet } from '#data';
import { decodePicture } from '../../src/cli/decode-picture.ts';
import { resizeInto } from '../../src/data/images/picture.ts';
import { joined } from './formats.ts';
import { sourceOf } from './sources.ts';

/** A PNG of one colour. */
function plain(red: number, green: number, blue: number, width = 4, height = 4): Uint8Array {
  const data = Uint8Array.from(
    { length: 3 * width * height },
    (_, at) => [red, green, blue][at % 3] ?? 0,
  );
  return encodePng({ width, height, channels: 3, data });
}

const read = (files: Readonly<Record<string, Uint8Array>>, settings: PartialDataSettings = {}) =>
  readDataSet(sourceOf(files), fullDataSettings(settings), { decodePicture });

/** A PNG chunk by chunk, without checking its sums. */
function rawPng(
  width: number,
  height: number,
  depth: number,
  type: number,
  rows: readonly number[],
  extra: readonly [string, readonly number[]][] = [],
): Uint8Array {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const long = (value: number) => [
    value >>> 24,
    (value >> 16) & 255,
    (value >> 8) & 255,
    value & 255,
  ];
  const chunk = (name: string, data: readonly number[]) => {
    const body = [...new TextEncoder().encode(name), ...data];
    let crc = 0xffffffff;
    for (const byte of body) crc = ((table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)) >>> 0;
    return Uint8Array.from([...long(data.length), ...body, ...long((crc ^ 0xffffffff) >>> 0)]);
  };
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', [...long(width), ...long(height), depth, type, 0, 0, 0]),
    ...extra.map(([name, data]) => chunk(name, data)),
    chunk('IDAT', [...deflateSync(Uint8Array.from(rows))]),
    chunk('IEND', []),
  ]);
}

describe('a folder of images', () => {
  const files = {
    'set/cat/1.png': plain(255, 0, 0),
    'set/cat/2.PNG': plain(200, 0, 0),
    'set/dog/10.png': plain(0, 0, 255),
    'set/readme.txt': new Uint8Array(3),
  };

  it('takes its folders for classes', async () => {
    const { train, test } = await read(files);
    expect(test).toBeUndefined();
    expect(train.get('x')).toMatchObject({ shape: [4, 4, 3], count: 3, scale: 1 / 255 });
    expect([...(train.get('x')?.values.slice(0, 3) ?? [])]).toEqual([255, 0, 0]);
    expect([...(train.get('y')?.values ?? [])]).toEqual([0, 0, 1]);
    expect(train.get('y')?.classNames).toEqual(['cat', 'dog']);
  });

  it('has parts where there are folders for them', async () => {
    const data = await read({
      'train/a/1.png': plain(1, 2, 3),
      'train/b/1.png': plain(4, 5, 6),
      'val/b/1.png': plain(4, 5, 6),
      'test/a/1.png': plain(9, 9, 9),
      'test/loose.png': plain(0, 0, 0),
    });
    expect(data.train.get('x')?.count).toBe(2);
    expect([...(data.validation?.get('y')?.values ?? [])]).toEqual([1]);
    expect([...(data.test?.get('y')?.values ?? [])]).toEqual([0]);
  });

  it('has one channel where all is grey, and one size for all', async () => {
    const { train } = await read({
      'a/1.png': plain(10, 10, 10, 2, 2),
      'b/1.png': plain(90, 90, 90, 5, 3),
    });
    expect(train.get('x')).toMatchObject({ shape: [2, 2, 1], count: 2 });
    expect([...(train.get('x')?.values ?? [])]).toEqual([10, 10, 10, 10, 90, 90, 90, 90]);
    const wanted = await read(
      { 'a/1.png': plain(1, 2, 3), 'b/1.png': plain(4, 5, 6) },
      { imageSize: 9 },
    );
    expect(wanted.train.get('x')?.shape).toEqual([9, 9, 3]);
    const large = await read({ 'a/1.png': plain(1, 2, 3, 256, 128), 'b/1.png': plain(4, 5, 6) });
    expect(large.train.get('x')?.shape).toEqual([32, 64, 3]);
  });

  it('reads JPEG', async () => {
    const data = new Uint8Array(4 * 16 * 16);
    for (let at = 0; at < data.length; at += 4) data.set([30, 200, 90, 255], at);
    const jpeg = Uint8Array.from(encodeJpeg({ width: 16, height: 16, data }, 95).data);
    const { train } = await read({ 'a/1.jpg': jpeg, 'b/1.jpeg': jpeg });
    const [red = 0, green = 0, blue = 0] = train.get('x')?.values ?? [];
    for (const [found, wanted] of [
      [red, 30],
      [green, 200],
      [blue, 90],
    ] as const) {
      expect(Math.abs(found - wanted)).toBeLessThan(4);
    }
  });

  it.each<readonly [string, Uint8Array, readonly number[]]>([
    // Two pixels in a row: a byte of filter, then the samples.
    ['grey of 1 bit', rawPng(2, 1, 1, 0, [0, 0b01000000]), [0, 0, 0, 255, 255, 255]],
    ['grey of 4 bits', rawPng(2, 1, 4, 0, [0, 0x3f]), [51, 51, 51, 255, 255, 255]],
    ['grey of 16 bits', rawPng(2, 1, 16, 0, [0, 0, 0, 0x80, 0]), [0, 0, 0, 128, 128, 128]],
    [
      'a palette',
      rawPng(2, 1, 8, 3, [0, 1, 0], [['PLTE', [1, 2, 3, 4, 5, 6]]]),
      [4, 5, 6, 1, 2, 3],
    ],
    [
      'half transparent on white',
      rawPng(2, 1, 8, 6, [0, 0, 0, 0, 128, 9, 9, 9, 255]),
      [127, 127, 127, 9, 9, 9],
    ],
    [
      'grey with opacity',
      rawPng(2, 1, 8, 4, [0, 100, 255, 100, 0]),
      [100, 100, 100, 255, 255, 255],
    ],
  ])('reads PNG of %s', async (_, bytes, wanted) => {
    const { train } = await read({ 'a/1.png': bytes, 'b/1.png': plain(1, 2, 3, 2, 1) });
    expect([...(train.get('x')?.values.slice(0, 6) ?? [])]).toEqual(wanted);
  });

  it('leaves out what is no image, and says so', async () => {
    const broken = plain(1, 2, 3).slice();
    broken.fill(0, 40);
    const data = await read({
      ...files,
      'set/cat/a-text.png': new TextEncoder().encode('hello'),
      'set/dog/broken.png': broken,
      'set/dog/cut.jpg': Uint8Array.of(0xff, 0xd8, 0xff),
    });
    expect(data.train.get('x')?.count).toBe(3);
    expect(data.notes).toEqual([
      'Left out: “set/cat/a-text.png” is no PNG or JPEG image. So were 2 others.',
    ]);
  });

  it('draws no more than are wanted', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`${at % 2}/${at}.png`, plain(at, 0, 0)]),
    );
    const { train } = await read(many, { limit: 10 });
    expect(train.get('x')?.count).toBe(10);
  });

  it.each<readonly [string, Record<string, Uint8Array>, RegExp]>([
    ['without folders', { 'a.png': plain(1, 2, 3) }, /no folders of them that name their classes/],
    ['of one class', { 'a/1.png': plain(1, 2, 3) }, /no folders of them/],
    [
      'in which nothing is an image',
      { 'a/1.png': new Uint8Array(9), 'b/1.png': new Uint8Array(9) },
      /“a\/1\.png” is no PNG or JPEG image/,
    ],
    [
      'of monsters',
      { 'a/1.png': rawPng(100_000, 100_000, 8, 0, [0]), 'b/1.png': new Uint8Array(9) },
      /“a\/1\.png” has 100000 × 100000 pixels/,
    ],
  ])('%s is refused with a sentence', async (_, given, sentence) => {
    const reading = read(given);
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(sentence);
  });
});

describe('resizing', () => {
  const grey = (values: readonly number[], width: number) => ({
    width,
    height: values.length / width,
    pixels: Uint8Array.from(values.flatMap((value) => [value, value, value, 255])),
  });
  const resized = (values: readonly number[], width: number, to: readonly [number, number]) => {
    const into = new Uint8Array(3 * to[0] * to[1]);
    resizeInto(grey(values, width), to[0], to[1], into, 0);
    return [...into].filter((_, at) => at % 3 === 0);
  };

  it('averages what a smaller pixel covers, and leaves the same size alone', () => {
    expect(resized([0, 100, 50, 250], 2, [1, 1])).toEqual([100]);
    expect(resized([0, 60, 120], 3, [2, 1])).toEqual([20, 100]);
    expect(resized([1, 2, 3, 4], 2, [2, 2])).toEqual([1, 2, 3, 4]);
  });

  it('goes evenly between the pixels of a smaller image', () => {
    expect(resized([0, 100], 2, [4, 1])).toEqual([0, 25, 75, 100]);
  });
});

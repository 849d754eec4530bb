import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { encode as encodePng } from 'fast-png';
import { zipSync } from 'fflate';
import { encode as encodeJpeg } from 'jpeg-js';
import {
  countOf,
  DataError,
  type DataSet,
  fullDataSettings,
  gatherRows,
  prepareDataSet,
  readDataSet,
} from '#data';
import { sizeOf } from '#tensor';
import { decodePicture } from '../../src/cli/decode-picture.ts';
import { idx, pythonTwoBatch, tar } from './formats.ts';
import { fixture } from './python-fixtures.ts';
import { inPieces, sourceOf } from './sources.ts';

const text = (content: string) => new TextEncoder().encode(content);
const pixels = Uint8Array.from({ length: 4 * 64 }, (_, at) => (at * 7) & 255);
const png = encodePng({ width: 8, height: 8, channels: 4, data: pixels });
const jpeg = Uint8Array.from(encodeJpeg({ width: 8, height: 8, data: pixels }, 80).data);
const table = text('name,"a,b",y\r\nu,1.5,0\r\n"v ""w""",2,1\r\nx,?,0\r\n');
const planes = new Uint8Array(2 * 3072).fill(9);
const batch = new Uint8Array(2 * 3073).fill(5);
const labels = idx([4], [3, 1, 4, 1]);

/** One of the files is damaged; the others stay whole. */
export const sets: Readonly<Record<string, Readonly<Record<string, Uint8Array>>>> = {
  IDX: {
    'train-images-idx3-ubyte': idx([4, 2, 2], [...pixels.slice(0, 16)]),
    'train-labels-idx1-ubyte': labels,
  },
  'packed IDX': {
    'train-labels-idx1-ubyte.gz': gzipSync(labels),
    'train-images-idx3-ubyte': idx([4, 2, 2], [...pixels.slice(0, 16)]),
  },
  'CIFAR-10': { 'data_batch_1.bin': batch },
  'a pickle of Python 2': { data_batch_1: pythonTwoBatch([3, 9], planes) },
  'a pickle of protocol 2': { data_batch_1: fixture('pickle 2') },
  'a pickle of protocol 5': { data_batch_1: fixture('pickle 5') },
  'a table': { 'table.csv': table },
  'a packed table': { 'table.csv.gz': gzipSync(table) },
  tar: { 'data.tar': tar({ 'table.csv': table }) },
  'tar.gz': { 'data.tar.gz': gzipSync(tar({ 'table.csv': table })) },
  zip: { 'data.zip': zipSync({ 'table.csv': table }) },
  npy: { 'x.npy': fixture('npy <f4') },
  'npy in Fortran order': { 'x.npy': fixture('npy Fortran') },
  npz: { 'data.npz': fixture('npz of parts') },
  PNG: { 'a/1.png': png, 'b/1.png': png },
  JPEG: { 'a/1.jpg': jpeg, 'b/1.jpg': jpeg },
};

type Damage =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'byte'; readonly at: number; readonly value: number }
  | { readonly kind: 'more'; readonly at: number; readonly bytes: Uint8Array };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const damage = fc.oneof(
  { weight: 1, arbitrary: place.map((at): Damage => ({ kind: 'cut', at })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        // Headers stand in front: half of the damage goes there.
        fc.oneof(
          place,
          place.map((at) => at ** 4),
        ),
        fc.oneof(fc.constantFrom(0, 1, 10, 34, 44, 127, 128, 255), fc.nat(255)),
      )
      .map(([at, value]): Damage => ({ kind: 'byte', at, value })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(place, fc.uint8Array({ minLength: 1, maxLength: 9 }))
      .map(([at, bytes]): Damage => ({ kind: 'more', at, bytes })),
  },
);

/** A copy with all of the damage. */
export function damaged(whole: Uint8Array, all: readonly Damage[]): Uint8Array {
  let bytes = Uint8Array.from(whole);
  for (const one of all) {
    const at = Math.floor(one.at * bytes.length);
    if (one.kind === 'cut') bytes = bytes.slice(0, at);
    else if (one.kind === 'byte') bytes[at] = one.value;
    else bytes = Uint8Array.from([...bytes.slice(0, at), ...one.bytes, ...bytes.slice(at)]);
  }
  return bytes;
}

/** Everything that a run would ask of it. */
export function use(data: DataSet): void {
  const settings = fullDataSettings({ scaling: 'standard' });
  let prepared: DataSet;
  try {
    prepared = prepareDataSet(data, settings);
  } catch (error) {
    assert(error instanceof DataError, String(error));
    return;
  }
  for (const fields of [prepared.train, prepared.validation, prepared.test]) {
    for (const field of fields?.values() ?? []) {
      assert.equal(field.count, countOf(fields ?? new Map()));
      const row = new Float32Array(sizeOf(field.shape));
      gatherRows(field, [field.count - 1], 0, row);
      assert(row.every(Number.isFinite), 'a number that is none');
      if (field.classes !== undefined) assert(Number(row[0]) < field.classes, 'no such class');
    }
  }
}

/** Some damage to the first file of a set, and the pieces in which it arrives. */
export interface Damaged {
  readonly damage: readonly Damage[];
  readonly piece: number;
}

export const damages: fc.Arbitrary<Damaged> = fc.record({
  damage: fc.array(damage, { minLength: 1, maxLength: 4 }),
  piece: fc.nat(40),
});

/** Reads a set with a damaged file: it is refused with a sentence, or serves. */
export async function readDamaged(name: string, { damage: all, piece }: Damaged): Promise<void> {
  const [[first, whole] = ['', new Uint8Array(0)], ...others] = Object.entries(sets[name] ?? {});
  const files = { [first]: damaged(whole, all), ...Object.fromEntries(others) };
  try {
    const source = inPieces(sourceOf(files), 1 + piece * 17);
    use(await readDataSet(source, undefined, { decodePicture }));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    assert.match(error.message, /^[^\n]+[.…]$/);
  }
}

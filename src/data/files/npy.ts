import { half, sizeOf } from '#tensor';
import { DataError } from '../errors.ts';

/** An array of numpy's, in C order. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array | Float32Array;
  /** Whether it holds whole numbers or truth values. */
  readonly isWhole: boolean;
}

/**
 * Reads an .npy file. Throws `DataError`, naming the file, where it is foreign, cut off or of a type that
 * is no number. Format: numpy.lib.format, versions 1 to 3.
 */
export function readNpy(bytes: Uint8Array, file: string): NumpyArray {
  const isMagic = bytes[0] === 0x93 && String.fromCharCode(...bytes.subarray(1, 6)) === 'NUMPY';
  if (!isMagic)
    throw new DataError('damaged', `“${file}” is no .npy file: it does not start as one.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wide = (bytes[6] ?? 1) > 1;
  const start = wide ? 12 : 10;
  if (bytes.length < start) throw cutOff(file);
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (bytes.length < end) throw cutOff(file);
  const header = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 65_536)));
  const type = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  if (shape === undefined || order === undefined || !/^[\d\sL,]*$/.test(shape)) {
    throw new DataError('damaged', `“${file}” is damaged: its header does not say what it holds.`);
  }
  if (type === undefined) {
    throw new DataError('unknown-format', `“${file}” holds records, not numbers of one type.`);
  }
  const lengths = shape.split(',').flatMap((part) => {
    const digits = part.trim().replace('L', '');
    return digits === '' ? [] : [Number(digits)];
  });
  return numpyArray(type, lengths, order === 'True', bytes.subarray(end), file);
}

const cutOff = (file: string) =>
  new DataError('damaged', `“${file}” is cut off in the middle of its header.`);

type ReadNumber = (view: DataView, at: number, little: boolean) => number;

const readers: Readonly<Record<string, ReadNumber>> = {
  f2: (view, at, little) => half(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
};

/** Numbers as numpy lays them out. Throws `DataError`, naming the file. */
export function numpyArray(
  type: string,
  shape: readonly number[],
  isFortran: boolean,
  bytes: Uint8Array,
  file: string,
): NumpyArray {
  const [, order = '', kind = ''] = /^([<>|=]?)([fiub]\d)$/.exec(type) ?? [];
  const isByte = kind === 'u1' || kind === 'b1';
  const reader = readers[kind];
  if (!isByte && !reader) {
    throw new DataError(
      'unknown-format',
      `“${file}” holds values of the type “${type}”, which are no numbers this program reads (f2, f4, f8, i1 to i8, u1 to u8, bool).`,
    );
  }
  const size = Number(kind[1]);
  const count = sizeOf(shape);
  if (count * size !== bytes.length) {
    const problem = bytes.length < count * size ? 'is cut off' : 'is longer than it says';
    throw new DataError(
      'damaged',
      `“${file}” ${problem}: it should hold ${count} values of ${size} bytes, and ${bytes.length} bytes are there.`,
    );
  }
  const isWhole = kind[0] !== 'f';
  if (isByte && !isFortran) return { shape, values: bytes, isWhole };
  const values = isByte ? new Uint8Array(count) : new Float32Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const placeOf = isFortran ? fortranPlaces(shape) : (at: number) => at;
  for (let at = 0; at < count; at++) {
    const from = placeOf(at) * size;
    values[at] = reader ? reader(view, from, order !== '>') : (bytes[from] as number);
  }
  return { shape, values, isWhole };
}

/** Where an entry lies whose place in C order is given, where the first axis runs fastest. */
function fortranPlaces(shape: readonly number[]): (at: number) => number {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  return (at) => {
    let rest = at;
    let place = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      place += (rest % length) * (strides[axis] ?? 1);
      rest = Math.floor(rest / length);
    }
    return place;
  };
}

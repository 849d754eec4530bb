import { sizeOf } from '#tensor';
import { DataError } from '../errors.ts';

/** The contents of an IDX file of bytes. */
export interface IdxFile {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** The type byte of unsigned bytes, the only type that MNIST and its kin use. */
const unsignedByte = 8;

/**
 * Reads an IDX file: two zero bytes, a type, a rank, that many lengths (32 bits, big-endian), the
 * numbers. Throws `DataError`, naming the file, where it is foreign, cut off or too long.
 * Format: Y. LeCun, C. Cortes, C. Burges, “The MNIST database”.
 */
export function readIdx(bytes: Uint8Array, file: string): IdxFile {
  const rank = bytes[3] ?? 0;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || rank === 0) {
    throw new DataError('damaged', `“${file}” is no IDX file: it does not start as one.`);
  }
  if (bytes[2] !== unsignedByte) {
    throw new DataError('unknown-format', `“${file}” holds numbers that are no bytes.`);
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw new DataError('damaged', `“${file}” is cut off in the middle of its header.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const wanted = sizeOf(shape);
  const found = bytes.length - header;
  if (found !== wanted) {
    const problem =
      found < wanted
        ? `is cut off: ${found} of ${wanted} bytes are there`
        : `is longer than it says: ${found} bytes instead of ${wanted}`;
    throw new DataError('damaged', `“${file}” ${problem}.`);
  }
  return { shape, values: bytes.subarray(header) };
}

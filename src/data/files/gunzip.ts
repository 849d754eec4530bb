import { Gunzip } from 'fflate';
import { DataError } from '../errors.ts';

/** So few bytes can become no more than 16 MB at a time: it may be a bomb. */
const mouthful = 1 << 14;

/** Unpacks gzip piece by piece. Throws `DataError`, naming the file, where it is damaged or cut off. */
export async function* gunzip(
  pieces: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const inflater = new Gunzip((data) => {
    if (data.length > 0) ready.push(data);
  });
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      // It keeps what it gets for later, and the caller may use the memory again.
      inflater.push(bytes.slice(), last);
    } catch {
      throw new DataError(
        'damaged',
        `“${file}” cannot be unpacked: it is ${last ? 'cut off or damaged' : 'damaged'}.`,
      );
    }
    const unpacked = ready;
    ready = [];
    return unpacked;
  };
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += mouthful) {
      yield* push(piece.subarray(at, at + mouthful), false);
    }
  }
  yield* push(new Uint8Array(0), true);
}

/** Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

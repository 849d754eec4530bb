import { DataError } from './errors.ts';

/** A file of a data set. */
export interface DataFile {
  /** Its path in the source, with `/` between folders. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** Where a data set's files come from: a folder on disk, addresses to fetch, an archive, files a person picked. */
export interface DataSource {
  /** What a person calls it. */
  readonly name: string;
  /** All files, those of sub-folders too. */
  files(): readonly DataFile[];
  /** A file piece by piece. Throws `DataError` where it cannot be read. */
  stream(name: string): AsyncIterable<Uint8Array>;
}

/** The most bytes that a file may have which is read as a whole. */
const wholeBytes = 2 ** 31 - 1;

/**
 * A whole file. Throws `DataError` where it cannot be read or has more than `most` bytes, which the
 * size that was announced does not decide: a small archive may unpack to anything.
 */
export async function readWhole(
  source: DataSource,
  name: string,
  most = wholeBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = source.files().find((file) => file.name === name)?.size ?? 0;
  // The announced size may be a lie: it is believed only as far as bytes really come.
  let bytes = new Uint8Array(Math.min(announced, most, 1 << 24));
  let length = 0;
  for await (const piece of source.stream(name)) {
    const needed = length + piece.length;
    if (needed > most) {
      throw new DataError(
        'too-large',
        `“${name}” is too large: it holds more than ${formatBytes(most)}.`,
      );
    }
    if (needed > bytes.length) {
      const roomier = new Uint8Array(Math.min(Math.max(needed, 2 * bytes.length), most));
      roomier.set(bytes.subarray(0, length));
      bytes = roomier;
    }
    bytes.set(piece, length);
    length = needed;
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** Files held in memory. */
export function memorySource(name: string, contents: ReadonlyMap<string, Uint8Array>): DataSource {
  const files = [...contents].map(([file, { length }]) => ({ name: file, size: length }));
  return {
    name,
    files: () => files,
    async *stream(wanted) {
      const bytes = contents.get(wanted);
      if (!bytes) throw unreadable(name, wanted);
      yield bytes;
    },
  };
}

/** The name without its folders. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function unreadable(source: string, file: string): DataError {
  return new DataError('not-found', `“${file}” of “${source}” cannot be read.`);
}

/** “12 MB”. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : Number(value.toPrecision(2))} ${units[unit]}`;
}

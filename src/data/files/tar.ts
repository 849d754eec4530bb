import { DataError } from '../errors.ts';

const block = 512;

/** A long name needs no more. */
const longestName = 1 << 16;

/** A file in an archive. */
export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The plain files of a tar archive, one after the other, of those whose name is wanted. Throws
 * `DataError`, naming the archive, where it is damaged, cut off, or holds more than `most` bytes.
 * Format: POSIX.1-2001 (ustar, pax) and GNU's long names.
 */
export async function* untar(
  pieces: AsyncIterable<Uint8Array>,
  archive: string,
  wanted: (name: string) => boolean,
  most: number,
): AsyncGenerator<Member> {
  const reader = new ByteReader(pieces, archive);
  let longName: string | undefined;
  let total = 0;
  for (;;) {
    const header = await reader.takeIfThere(block);
    if (!header || header.every((byte) => byte === 0)) return;
    if (!hasChecksum(header)) {
      throw new DataError('damaged', `“${archive}” is no tar archive, or damaged.`);
    }
    const size = numberIn(header, 124, 12);
    const padding = (block - (size % block)) % block;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L' || type === 'x') {
      if (size > longestName) throw tooLarge(archive, longestName);
      const text = new TextDecoder().decode(await reader.take(size));
      longName = (type === 'L' ? text.replace(/\0.*$/s, '') : pathIn(text)) ?? longName;
      await reader.skip(padding);
      continue;
    }
    const name = (longName ?? nameIn(header)).replace(/^\.\//, '');
    longName = undefined;
    const isFile = type === '0' || type === '\0' || type === '7';
    if (isFile && wanted(name)) {
      total += size;
      if (total > most) throw tooLarge(archive, most);
      yield { name, bytes: await reader.take(size) };
      await reader.skip(padding);
    } else await reader.skip(size + padding);
  }
}

function tooLarge(archive: string, most: number): DataError {
  return new DataError(
    'too-large',
    `“${archive}” holds more than ${Math.round(most / 1e6).toLocaleString('en')} MB; unpack it and choose the folder.`,
  );
}

/** The sum of the header's bytes, in which its own field counts as spaces. */
function hasChecksum(header: Uint8Array): boolean {
  let sum = 0;
  for (let at = 0; at < block; at++) sum += at >= 148 && at < 156 ? 32 : (header[at] ?? 0);
  return sum === numberIn(header, 148, 8);
}

/** In octal digits; or, where it is too long for them, as GNU does in binary behind a set bit. */
function numberIn(header: Uint8Array, start: number, length: number): number {
  const bytes = header.subarray(start, start + length);
  if ((bytes[0] ?? 0) & 0x80) {
    return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
  }
  const text = String.fromCharCode(...bytes).replace(/[\0 ]+/g, ' ');
  return Number.parseInt(text.trim() || '0', 8) || 0;
}

function nameIn(header: Uint8Array): string {
  const text = (start: number, length: number) =>
    new TextDecoder().decode(header.subarray(start, start + length)).replace(/\0.*$/s, '');
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  return prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
}

/** Records are “length key=value”. */
function pathIn(records: string): string | undefined {
  return /^\d+ path=(.*)$/m.exec(records)?.[1];
}

/** Takes so many bytes at a time of pieces of any length. */
class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #file: string;
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(pieces: AsyncIterable<Uint8Array>, file: string) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#file = file;
  }

  async take(length: number): Promise<Uint8Array> {
    // Grows with what comes: the length that is claimed may be a lie.
    let bytes = new Uint8Array(Math.min(length, 1 << 24));
    let done = 0;
    while (done < length) {
      if (!(await this.#more())) throw this.#cutOff();
      const part = this.#piece.subarray(this.#at, this.#at + length - done);
      if (done + part.length > bytes.length) {
        const roomier = new Uint8Array(Math.min(length, 2 * bytes.length + part.length));
        roomier.set(bytes.subarray(0, done));
        bytes = roomier;
      }
      bytes.set(part, done);
      done += part.length;
      this.#at += part.length;
    }
    return bytes;
  }

  /** Undefined where there is nothing left at all. */
  async takeIfThere(length: number): Promise<Uint8Array | undefined> {
    return (await this.#more()) ? this.take(length) : undefined;
  }

  async skip(length: number): Promise<void> {
    let left = length;
    while (left > 0) {
      if (!(await this.#more())) throw this.#cutOff();
      const step = Math.min(left, this.#piece.length - this.#at);
      this.#at += step;
      left -= step;
    }
  }

  async #more(): Promise<boolean> {
    while (this.#at >= this.#piece.length) {
      const next = await this.#pieces.next();
      if (next.done) return false;
      this.#piece = next.value;
      this.#at = 0;
    }
    return true;
  }

  #cutOff(): DataError {
    return new DataError('damaged', `“${this.#file}” is cut off.`);
  }
}

import { DataError } from '../errors.ts';

interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

/**
 * Bytes as text, piece by piece: UTF-8, UTF-16 where it begins with its mark, else windows-1252, which
 * spreadsheets still write. Throws `DataError` where it is no text.
 */
export async function* textOf(
  pieces: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  for await (const piece of pieces) {
    if (piece.length === 0) continue;
    decoder ??= decoderFor(piece, file);
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder?.decode();
  if (rest) yield rest;
}

function decoderFor(first: Uint8Array, file: string): Decoder {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le');
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be');
  if (first.subarray(0, 65_536).includes(0)) {
    throw new DataError('damaged', `“${file}” is no table: it is not text.`);
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(first, { stream: true });
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder('windows-1252');
  }
}

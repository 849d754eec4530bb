import { unzipSync } from 'fflate';
import { DataError } from '../errors.ts';
import type { Member } from './tar.ts';

/**
 * The files of a zip archive whose name is wanted. Throws `DataError`, naming the archive, where it is
 * damaged or holds more than `most` bytes.
 */
export function unzip(
  archive: Uint8Array,
  file: string,
  wanted: (name: string) => boolean,
  most: number,
): readonly Member[] {
  let total = 0;
  try {
    const members = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/') || !wanted(name)) return false;
        total += originalSize;
        if (total <= most) return true;
        throw new DataError(
          'too-large',
          `“${file}” holds more than ${Math.round(most / 1e6).toLocaleString('en')} MB; unpack it and choose the folder.`,
        );
      },
    });
    return Object.entries(members).map(([name, bytes]) => ({ name, bytes }));
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(
      'damaged',
      `“${file}” cannot be unpacked: it is no zip archive, or damaged.`,
    );
  }
}

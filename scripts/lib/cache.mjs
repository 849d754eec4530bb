import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';

/** A folder that outlives a checkout, so that the next clean clone need not download again. */
export function cacheFolder() {
  const home = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  try {
    const folder = join(home, 'gradwire');
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const folder = join(root, 'node_modules/.cache/gradwire');
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

/**
 * @param {string} path
 * @returns {string | undefined} the trimmed text of a file, if it is there
 */
export function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

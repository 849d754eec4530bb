import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './run.mjs';

const sources = [
  'src',
  'renderer',
  'assets',
  'electron.main.ts',
  'electron.vite.config.ts',
  'vite.cli.config.ts',
  'vite.shared.ts',
  'vite.web.config.ts',
  'package.json',
  'package-lock.json',
];

const products = {
  desktop: ['out/main/electron.main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'],
  cli: ['out/cli/gradwire.js'],
  web: ['out/web/index.html'],
};

/** @param {string} path */
const changedAt = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * When anything under a path last changed; folders count too, since removing a file changes them.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const own = changedAt(path);
  if (!existsSync(join(root, path)) || !statSync(join(root, path)).isDirectory()) return own;
  return readdirSync(join(root, path)).reduce(
    (latest, name) => Math.max(latest, newest(join(path, name))),
    own,
  );
}

/**
 * Whether what was built is older than what it is built from.
 * @param {keyof typeof products} target
 */
export function isStale(target) {
  const oldestProduct = Math.min(...products[target].map(changedAt));
  return oldestProduct === 0 || sources.some((path) => newest(path) > oldestProduct);
}

/** @type {Record<keyof typeof products, (options?: { quiet?: boolean }) => Promise<number>>} */
export const build = {
  desktop: (options) => runTool('electron-vite', ['build', '--logLevel', 'warn'], options),
  cli: (options) =>
    runTool('vite', ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn'], options),
  web: (options) =>
    runTool('vite', ['build', '--config', 'vite.web.config.ts', '--logLevel', 'warn'], options),
};

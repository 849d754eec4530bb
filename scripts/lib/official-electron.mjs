import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, readText } from './cache.mjs';
import { root } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/** @typedef {import('./electron.mjs').ElectronBinary} ElectronBinary */

const day = 24 * 60 * 60 * 1000;
const packageFolder = join(root, 'node_modules/electron');

/** The version of the installed `electron` package, whose binary comes separately. */
export function officialVersion() {
  const manifest = readText(join(packageFolder, 'package.json'));
  if (!manifest) throw new SetupError('The packages are not installed yet: run `npm ci` first.');
  return String(JSON.parse(manifest).version);
}

/** The name of the executable inside a folder of Electron, as the official package knows it. */
export function executableName() {
  return readText(join(packageFolder, 'path.txt'));
}

/** @returns {ElectronBinary | undefined} the official binary, if it is here and of the right version */
export function installedOfficial() {
  const name = executableName();
  const folder = join(packageFolder, 'dist');
  const version = readText(join(folder, 'version'))?.replace(/^v/, '');
  if (!name || version !== officialVersion() || !existsSync(join(folder, name))) return undefined;
  return { path: join(folder, name), folder, version, source: 'official' };
}

const outcomeFile = () => join(cacheFolder(), 'official-electron.json');

/** Whether the official download is worth a try: not where it failed within the last day. */
export function mayTryOfficial() {
  if (process.env.ELECTRON_MIRROR) return true;
  const outcome = readText(outcomeFile());
  if (!outcome) return true;
  const { version, failedAt } = JSON.parse(outcome);
  return version !== officialVersion() || Date.now() - failedAt > day;
}

/**
 * Runs the official package's own installer, after a short look whether its server answers at all,
 * and remembers a failure, so that the next start need not wait for it.
 * @param {(line: string) => void} say
 * @returns {Promise<ElectronBinary | undefined>}
 */
export async function downloadOfficial(say) {
  const version = officialVersion();
  if (process.env.ELECTRON_MIRROR || (await serverAnswers(version))) {
    say(`Downloading Electron ${version} …`);
    spawnSync(process.execPath, [join(packageFolder, 'install.js')], {
      timeout: 10 * 60 * 1000,
      stdio: 'ignore',
    });
  }
  const binary = installedOfficial();
  if (!binary) writeFileSync(outcomeFile(), JSON.stringify({ version, failedAt: Date.now() }));
  return binary;
}

/** @param {string} version */
async function serverAnswers(version) {
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
    return response.ok;
  } catch {
    return false;
  }
}

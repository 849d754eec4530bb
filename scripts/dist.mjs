// `npm run dist`: the app as people get it, in dist/: a folder that can be started as it is and, on Linux, an AppImage, an
// archive and a Debian package. `npm run dist -- --installers` makes the system's installers by electron-builder as well,
// which fetches its tools for that from GitHub; `--dir` leaves it at the folder. The notes of the release stand beside them.
// GRADWIRE_UPDATE_URL, an https address, is where the app will look for updates once a person switches that on.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAppImageTools, missingForAppImage } from './lib/appimage.mjs';
import { build, isStale } from './lib/build.mjs';
import { buildDeb, canBuildDeb } from './lib/deb.mjs';
import { releaseNotes } from './lib/release-notes.mjs';
import { root, run, runTool } from './lib/run.mjs';
import { SetupError } from './lib/setup-error.mjs';
import { installed } from './lib/system.mjs';
import { runMain, setup } from './setup.mjs';

const dist = join(root, 'dist');

const config = ['--config', join(root, 'build/electron-builder.yml'), '--publish', 'never'];

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
const pack = (args, env) => runTool('electron-builder', [...config, ...args], { quiet: true, env });

/**
 * Where updates will be looked for; without an address nothing of updates is built in.
 * @throws {SetupError}
 */
function updateArgs() {
  const address = process.env.GRADWIRE_UPDATE_URL;
  if (!address) return [];
  if (!/^https:\/\/[^/\s]+\/\S*$/.test(address)) {
    throw new SetupError(
      'GRADWIRE_UPDATE_URL has to be an https address with a path, ending in “/”.',
    );
  }
  return [
    '--config.publish.provider=generic',
    `--config.publish.url=${address}`,
    `--config.releaseInfo.releaseNotesFile=${join(dist, 'release-notes.md')}`,
  ];
}

/** @param {string} line */
const say = (line) => console.error(`gradwire: ${line}`);

/**
 * An AppImage by electron-builder, with its own tools where they can be fetched, else with ours.
 * @param {string} folder of the app
 * @param {readonly string[]} args
 * @param {boolean} online
 */
async function packAppImage(folder, args, online) {
  const target = ['--linux', 'AppImage', '--prepackaged', folder, ...args];
  if (online && (await pack(target)) === 0) return 0;
  const missing = missingForAppImage();
  if (!installed(missing, say)) {
    say(`no AppImage: it needs ${missing.join(' ')} here (apt-get install).`);
    return 0;
  }
  const tools = join(dist, 'appimage-tools');
  if (!makeAppImageTools(tools)) {
    say('no AppImage: its runtime could not be built.');
    return 1;
  }
  const status = await pack(target, { ...process.env, APPIMAGE_TOOLS_PATH: tools });
  rmSync(tools, { recursive: true, force: true });
  return status;
}

/**
 * What needs nothing but the system's own tools.
 * @param {string} folder of the app
 */
async function packForLinux(folder) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const base = join(dist, `${name}-${version}-linux-x64`);
  const archive = ['-czf', `${base}.tar.gz`, '--transform', `s/^\\./${name}-${version}/`];
  const packed = await run('tar', [...archive, '-C', folder, '.']);
  if (packed !== 0) return packed;
  say(`an archive to unpack anywhere: ${base}.tar.gz`);
  if (!canBuildDeb()) {
    say('no Debian package: dpkg-deb is not here.');
    return 0;
  }
  const deb = join(dist, `${name}_${version}_amd64.deb`);
  const status = buildDeb(folder, deb);
  if (status === 0) say(`a Debian package: ${deb}`);
  return status;
}

await runMain(async () => {
  const electron = await setup();
  const built = isStale('desktop') ? await build.desktop({ quiet: true }) : 0;
  if (built !== 0) return built;
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  writeFileSync(
    join(dist, 'release-notes.md'),
    releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')),
  );
  const args = [
    `--config.electronVersion=${electron.version}`,
    `--config.electronDist=${electron.folder}`,
    ...updateArgs(),
  ];
  const unpacked = await pack(['--dir', ...args]);
  if (unpacked !== 0) return unpacked;
  const folder = readdirSync(dist).find((name) => /unpacked$|^mac/.test(name));
  if (!folder || !existsSync(join(dist, folder))) {
    say('electron-builder reported success but left no app in dist/.');
    return 1;
  }
  say(`the app lies in dist/${folder}.`);
  if (electron.source === 'stand-in') {
    say(
      'it holds the development stand-in for Electron, so it is for trying out, not for release.',
    );
  }
  if (process.argv.includes('--dir')) return 0;
  if (process.platform === 'linux') {
    const imaged = await packAppImage(join(dist, folder), args, electron.source === 'official');
    if (imaged !== 0) return imaged;
    const image = readdirSync(dist).find((name) => name.endsWith('.AppImage'));
    if (image) say(`an AppImage: ${join(dist, image)}`);
    const packed = await packForLinux(join(dist, folder));
    if (packed !== 0) return packed;
  }
  if (!process.argv.includes('--installers')) return 0;
  if (electron.source === 'stand-in') {
    say(
      'the installers of other systems need the official Electron and tools of electron-builder, which cannot be downloaded here.',
    );
    return 1;
  }
  return pack(args);
});

// `npm run dist`: the app as people get it, in dist/. By default an unpacked folder that can be
// started as it is; `npm run dist -- --installers` makes the system's installers as well.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { root, runTool } from './lib/run.mjs';
import { runMain, setup } from './setup.mjs';

/** @param {readonly string[]} args */
function pack(args) {
  const config = join(root, 'build/electron-builder.yml');
  return runTool('electron-builder', ['--config', config, '--publish', 'never', ...args]);
}

await runMain(async () => {
  const electron = await setup();
  const built = await build.desktop({ quiet: true });
  if (built !== 0) return built;
  const args = [
    `--config.electronVersion=${electron.version}`,
    `--config.electronDist=${electron.folder}`,
  ];
  const unpacked = await pack(['--dir', ...args]);
  if (unpacked !== 0) return unpacked;
  const folder = readdirSync(join(root, 'dist')).find((name) => /unpacked$|^mac/.test(name));
  if (!folder || !existsSync(join(root, 'dist', folder))) {
    console.error('gradwire: electron-builder reported success but left no app in dist/.');
    return 1;
  }
  console.error(`gradwire: the app lies in dist/${folder}.`);
  if (electron.source === 'stand-in') {
    console.error(
      'gradwire: it holds the development stand-in for Electron, so it is for trying out, not for release.',
    );
  }
  if (!process.argv.includes('--installers')) return 0;
  if (electron.source === 'stand-in') {
    console.error(
      'gradwire: installers need the official Electron, which cannot be downloaded here.',
    );
    return 1;
  }
  return pack(args);
});

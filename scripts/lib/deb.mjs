// A Debian package by Debian's own tool, where electron-builder's (fpm, from GitHub) cannot be had.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './run.mjs';
import { which } from './system.mjs';

export const canBuildDeb = () => which('dpkg-deb') !== undefined;

/** What Electron needs of the system, under the names before and after Debian's change to 64-bit time. */
const depends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libasound2t64 | libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libcups2t64 | libcups2',
  'libdrm2',
  'xdg-utils',
  'shared-mime-info',
];

/**
 * @param {string} unpacked the folder of the app
 * @param {string} to the file to write
 * @returns {number} the exit status of dpkg-deb
 */
export function buildDeb(unpacked, to) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const stage = join(root, 'dist/deb');
  rmSync(stage, { recursive: true, force: true });
  const put = (
    /** @type {string} */ path,
    /** @type {string | Buffer} */ content,
    mode = 0o644,
  ) => {
    mkdirSync(join(stage, path, '..'), { recursive: true });
    writeFileSync(join(stage, path), content);
    chmodSync(join(stage, path), mode);
  };
  cpSync(unpacked, join(stage, 'opt/Gradwire'), { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(stage, 'usr/bin'), { recursive: true });
  symlinkSync('/opt/Gradwire/gradwire', join(stage, 'usr/bin/gradwire'));
  for (const name of ['gradwire.desktop', 'gradwire.xml']) {
    const folder = name.endsWith('.xml') ? 'usr/share/mime/packages' : 'usr/share/applications';
    put(join(folder, name), readFileSync(join(root, 'build/linux', name)));
  }
  for (const name of readdirSync(join(root, 'build/icons'))) {
    const size = name.replace('.png', '');
    const png = readFileSync(join(root, 'build/icons', name));
    put(`usr/share/icons/hicolor/${size}/apps/gradwire.png`, png);
    put(`usr/share/icons/hicolor/${size}/mimetypes/application-vnd.gradwire+json.png`, png);
  }
  put('usr/share/doc/gradwire/copyright', readFileSync(join(root, 'LICENSE')));
  const changes = readFileSync(join(root, 'CHANGELOG.md'));
  put('usr/share/doc/gradwire/changelog.gz', gzipSync(changes, { level: 9 }));
  // Installed by root, Chromium's helper gets its rights: no one has to start the app without a sandbox.
  chmodSync(join(stage, 'opt/Gradwire/chrome-sandbox'), 0o4755);
  for (const name of ['postinst', 'postrm']) {
    put(`DEBIAN/${name}`, readFileSync(join(root, 'build/linux', name)), 0o755);
  }
  const kilobytes = Math.ceil(sizeOf(stage) / 1024);
  put(
    'DEBIAN/control',
    `${[
      'Package: gradwire',
      `Version: ${manifest.version}`,
      'Architecture: amd64',
      `Maintainer: ${manifest.author}`,
      `Installed-Size: ${kilobytes}`,
      `Depends: ${depends.join(', ')}`,
      'Section: education',
      'Priority: optional',
      `Description: ${manifest.description}`,
    ].join('\n')}\n`,
  );
  const args = ['--root-owner-group', '-Zgzip', '-z6', '--build', stage, to];
  const { status } = spawnSync('dpkg-deb', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  rmSync(stage, { recursive: true, force: true });
  return status ?? 1;
}

/** @param {string} path */
function sizeOf(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

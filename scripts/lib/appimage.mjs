// The tools that electron-builder makes an AppImage with, from Debian's own packages, where its bundle of them (on GitHub)
// cannot be had.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { which } from './system.mjs';

const library = '/usr/lib/x86_64-linux-gnu';

/** What they are made of, by the file that shows that it is there. */
const needs = [
  { name: 'gcc', there: () => which('gcc') },
  { name: 'squashfs-tools', there: () => which('mksquashfs') },
  { name: 'libsquashfuse-dev', there: () => existsSync(join(library, 'libsquashfuse_ll.a')) },
  { name: 'libfuse3-dev', there: () => existsSync(join(library, 'libfuse3.a')) },
  { name: 'libzstd-dev', there: () => existsSync(join(library, 'libzstd.a')) },
];

/** The Debian packages that are missing for it. */
export const missingForAppImage = () =>
  needs.filter(({ there }) => !there()).map(({ name }) => name);

/**
 * Makes the folder that `APPIMAGE_TOOLS_PATH` names for electron-builder: its own layout, our runtime.
 * @param {string} folder
 * @returns {boolean} whether it could be made
 */
export function makeAppImageTools(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const each of ['runtimes', 'lib/x64']) mkdirSync(join(folder, each), { recursive: true });
  symlinkSync(which('mksquashfs') ?? '', join(folder, 'mksquashfs'));
  // It has to be there, but is asked nothing.
  writeFileSync(join(folder, 'desktop-file-validate'), '');
  // Lies in the AppImage under usr/lib.
  writeFileSync(join(folder, 'lib/x64/LICENSES.runtime.txt'), runtimeLicences());
  return buildRuntime(join(folder, 'runtimes/runtime-x64'));
}

/** What the runtime contains besides our own, by what Debian says of it. */
function runtimeLicences() {
  return ['libsquashfuse-dev', 'libfuse3-dev', 'libzstd-dev', 'libc6-dev']
    .map((name) => `${name}\n\n${readFileSync(`/usr/share/doc/${name}/copyright`, 'utf8')}`)
    .join('\n\n');
}

/** @param {string} to */
function buildRuntime(to) {
  const { status, stderr } = spawnSync(
    'gcc',
    [
      ...['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-static', '-s'],
      ...['-D_FILE_OFFSET_BITS=64', '-I/usr/include/fuse3', '-o', to],
      join(root, 'build/appimage/runtime.c'),
      ...['-lsquashfuse_ll', '-lsquashfuse', '-lfuse3', '-lzstd'],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    process.stderr.write(stderr);
    return false;
  }
  // The mark of an AppImage of type 2, in a part of the head that ELF leaves free.
  const file = openSync(to, 'r+');
  writeSync(file, Buffer.from([0x41, 0x49, 0x02]), 0, 3, 8);
  closeSync(file);
  // The image is put behind the whole file: it has to look for it there.
  const { stdout } = spawnSync(to, ['--appimage-offset'], { encoding: 'utf8' });
  return Number(stdout) === statSync(to).size;
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} path */
const number = (path) => (existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined);

/**
 * Why Chromium's sandbox cannot start here, if it cannot: as root, and where the system forbids
 * ordinary users the namespaces it is made of (Ubuntu 24.04 does for programs it does not know).
 * @param {string} [folder] where Electron lies
 * @returns {string | undefined}
 */
export function whyNoSandbox(folder) {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'as root';
  const helper = folder && statSync(join(folder, 'chrome-sandbox'), { throwIfNoEntry: false });
  if (helper && helper.uid === 0 && (helper.mode & 0o4000) !== 0) return undefined;
  if (number('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === 1)
    return 'under this AppArmor policy';
  if (number('/proc/sys/kernel/unprivileged_userns_clone') === 0) return 'without user namespaces';
  return undefined;
}

/** All of WebGL and WebGPU without a GPU: slow, but the real thing. */
export const softwareGraphics = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
];

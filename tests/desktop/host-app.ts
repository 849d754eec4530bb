import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { type Desktop, type LaunchOptions, launch, root } from './launch.ts';

/**
 * The real main process and preload around the pages of a folder here instead of the editor's.
 * @returns a starter and the folder's disposal
 */
export async function buildHostApp(pages = 'fixture') {
  const folder = mkdtempSync(join(tmpdir(), 'gradwire-host-'));
  const fixture = join(import.meta.dirname, pages);
  for (const part of ['main', 'preload']) {
    cpSync(join(root, 'out', part), join(folder, 'out', part), { recursive: true });
  }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'gradwire', type: 'module', main: 'out/main/electron.main.js' }),
  );
  await build({
    configFile: false,
    root: fixture,
    base: './',
    logLevel: 'error',
    build: {
      outDir: join(folder, 'out/renderer'),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: [join(fixture, 'index.html'), join(fixture, 'trainer.html')] },
    },
  });
  return {
    launch: (options?: LaunchOptions): Promise<Desktop> => launch({ ...options, app: folder }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

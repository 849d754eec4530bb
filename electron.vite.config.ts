import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import {
  isolationHeaders,
  rendererPlugins,
  root,
  sharedChunks,
  workerOptions,
} from './vite.shared.ts';

/** The files of the first picture, and whether nearly all of their functions are called for it. */
const firstFiles: Readonly<Record<string, boolean>> = { index: true, react: true, core: false };

/**
 * Makes the files of the first picture quick to take in, which saves a twentieth of the start.
 * - V8 compiles all functions of a file at once where a comment says so. Else it compiles each when it is first called,
 *   and since Chromium keeps compiled code right after a module has run, these would be compiled anew at every start.
 * - Without a letter beyond ASCII a file takes one byte for each character rather than two, and need not be decoded.
 */
function quickToTakeIn(): Plugin {
  return {
    name: 'gradwire:quick-to-take-in',
    generateBundle: {
      // The comment counts only before all else.
      order: 'post',
      handler(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk' || !Object.hasOwn(firstFiles, chunk.name)) continue;
          if (chunk.code.includes('String.raw')) {
            this.error(`${chunk.name}: text that is raw cannot be written in ASCII.`);
          }
          const code = inAscii(chunk.code);
          chunk.code = firstFiles[chunk.name] ? `//# allFunctionsCalledOnLoad\n${code}` : code;
        }
      },
    },
  };
}

/** A script in which every character beyond ASCII is escaped. */
function inAscii(code: string): string {
  // Halves of a pair by themselves, as escapes have them.
  return code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// Everything is bundled, so that a release is out/ and package.json and nothing else.
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: join(root, 'out/main'),
      minify: true,
      rolldownOptions: { input: { 'electron.main': join(root, 'electron.main.ts') } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: join(root, 'out/preload'),
      minify: true,
      rolldownOptions: {
        input: { preload: join(root, 'src/desktop/preload.ts') },
        // A sandboxed preload script is one CommonJS file: it cannot import another.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: join(root, 'renderer'),
    base: './',
    plugins: [...rendererPlugins(), quickToTakeIn()],
    // Icons and manifest are for the page that a browser installs.
    publicDir: false,
    server: { headers: isolationHeaders },
    worker: workerOptions,
    build: {
      outDir: join(root, 'out/renderer'),
      minify: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        input: {
          index: join(root, 'renderer/index.html'),
          trainer: join(root, 'renderer/trainer.html'),
        },
        output: { codeSplitting: sharedChunks },
      },
    },
  },
});

import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import {
  isolationHeaders,
  rendererPlugins,
  root,
  sharedChunks,
  workerOptions,
} from './vite.shared.ts';

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
    plugins: rendererPlugins(),
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

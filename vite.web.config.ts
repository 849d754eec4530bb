import { join } from 'node:path';
import { defineConfig } from 'vite';
import { isolationHeaders, rendererPlugins, root, workerOptions } from './vite.shared.ts';

// The editor as a plain web page. Its trainer is a worker, so there is one page only.
export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  plugins: rendererPlugins(),
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  worker: workerOptions,
  build: {
    outDir: join(root, 'out/web'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    rolldownOptions: { input: { index: join(root, 'renderer/index.html') } },
  },
});

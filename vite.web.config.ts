import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import {
  isolationHeaders,
  rendererPlugins,
  root,
  sharedChunks,
  workerOptions,
} from './vite.shared.ts';

const out = join(root, 'out/web');

/** As in the desktop app; data sets that were chosen have `blob:` addresses. A page cannot forbid its own embedding. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What makes the page one that can be installed and works without a network. */
function offline(): Plugin {
  return {
    name: 'gradwire:offline',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentPolicy },
        injectTo: 'head-prepend',
      },
      { tag: 'link', attrs: { rel: 'manifest', href: './manifest.webmanifest' } },
    ],
    // Last of all: the list is of what was written, icons and licences among it.
    async closeBundle() {
      const entries = await readdir(out, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile() && entry.name !== 'sw.js')
        .map((entry) => relative(out, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(await readFile(join(out, file)));
      const head = `const FILES = ${JSON.stringify(files)};\nconst VERSION = '${hash.digest('hex').slice(0, 16)}';\n`;
      const source = readFileSync(join(root, 'renderer/web/service-worker.js'), 'utf8');
      await writeFile(join(out, 'sw.js'), head + source);
    },
  };
}

// The editor as a plain web page. Its trainer is a worker, so there is one page only.
export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  plugins: [rendererPlugins(), offline()],
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  worker: workerOptions,
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: join(root, 'renderer/index.html') },
      output: { codeSplitting: sharedChunks },
    },
  },
});

import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { fontFiles } from './src/cli/fonts.ts';
import { nodeBundle, root } from './vite.shared.ts';

const folder = join(root, 'out/cli');

/** Copies the fonts that a PDF takes along. */
function fontsBeside(): Plugin {
  return {
    name: 'gradwire:fonts-beside',
    writeBundle() {
      mkdirSync(join(folder, 'fonts'), { recursive: true });
      const { resolve } = createRequire(import.meta.url);
      for (const file of Object.values(fontFiles)) {
        copyFileSync(resolve(file), join(folder, 'fonts', basename(file)));
      }
    },
  };
}

// The command line for plain Node, with all it needs beside it.
const bundle = nodeBundle(folder, { gradwire: join(root, 'src/cli.ts') });
export default defineConfig({ ...bundle, plugins: [bundle.plugins, fontsBeside()] });

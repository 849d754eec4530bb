import { join } from 'node:path';
import { defineConfig } from 'vite';
import { nodeBundle, root } from './vite.shared.ts';

// The command line for plain Node, with all it needs beside it.
export default defineConfig(
  nodeBundle(join(root, 'out/cli'), { gradwire: join(root, 'src/cli.ts') }),
);

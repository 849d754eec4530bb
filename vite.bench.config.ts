import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { nodeBundle, root } from './vite.shared.ts';

const sources = join(root, 'tests/bench');
const benches = readdirSync(sources).filter((name) => name.endsWith('.bench.ts'));

// The measurements, bundled like the command line, so that they measure what people run.
export default defineConfig({
  ...nodeBundle(
    join(root, 'out/bench'),
    Object.fromEntries(
      benches.map((name) => [name.replace(/\.bench\.ts$/, ''), join(sources, name)]),
    ),
  ),
  // Tools that run from where they are installed.
  ssr: { noExternal: true, external: ['playwright-core', 'vite', '@vitejs/plugin-react', 'zod'] },
});

import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { root } from './vite.shared.ts';

// React Flow by itself, as the measure for our frames.
export default defineConfig({
  root: join(root, 'tests/bench/bare'),
  base: './',
  plugins: [react()],
  build: { outDir: join(root, 'out/bench-bare'), emptyOutDir: true, target: 'es2023' },
});

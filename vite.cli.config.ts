import { join } from 'node:path';
import { defineConfig } from 'vite';
import { root, wasmBeside } from './vite.shared.ts';

const folder = join(root, 'out/cli');

// The command line as one file for plain Node, with all it needs inside.
export default defineConfig({
  plugins: [wasmBeside(folder)],
  ssr: { noExternal: true },
  // CommonJS packages are inside the bundle too, and the wasm backend asks where it lies.
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  build: {
    ssr: join(root, 'src/cli.ts'),
    outDir: folder,
    emptyOutDir: true,
    target: 'node20.19',
    reportCompressedSize: false,
    rolldownOptions: {
      output: { format: 'es', entryFileNames: 'gradwire.js', codeSplitting: false },
    },
  },
});

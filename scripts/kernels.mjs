// `npm run kernels`: compiles the kernels of src/tensor/tfjs/assembly into a module of ours, once for a memory
// of its own and once for one that threads share. The result is committed; a test holds it to its source
// (`--print` writes it to standard output instead).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runTool } from './lib/run.mjs';

const source = 'src/tensor/tfjs/assembly/kernels.ts';
export const target = join(root, 'src/tensor/tfjs/generated/kernels.ts');

/** @param {readonly string[]} options */
async function compile(options) {
  const folder = mkdtempSync(join(tmpdir(), 'gradwire-kernels-'));
  try {
    const file = join(folder, 'kernels.wasm');
    const status = await runTool('asc', [
      source,
      ...['--outFile', file, '-O3', '--noAssert', '--runtime', 'stub'],
      ...['--importMemory', '--noExportMemory', '--enable', 'simd', ...options],
    ]);
    if (status !== 0) throw new Error('The kernels do not compile.');
    return readFileSync(file).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const own = await compile([]);
// As much as the threaded backend declares its memory to be able to grow to.
const shared = await compile(['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536']);
const text = [
  '// Made by `npm run kernels` from ../assembly/kernels.ts; not to be edited.',
  '/** For a memory of one thread; WebAssembly in base64. */',
  `export const kernels = '${own}';`,
  '/** For a memory that threads share. */',
  `export const sharedKernels = '${shared}';`,
  '',
].join('\n');
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, 'src/tensor/tfjs/generated/kernels.ts'), text);

import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, PluginOption, UserConfig } from 'vite';
import { z } from 'zod';
import { licencesText } from './scripts/lib/licences.mjs';

/** The project's root folder. */
export const root = dirname(fileURLToPath(import.meta.url));

const require = createRequire(import.meta.url);
const wasmPackage = join(
  dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')),
  '..',
);

/** The three kernels of the wasm backend; it picks one by what the machine can do. */
const kernels = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

const threadMain = 'tfjs-backend-wasm-threaded-simd.js';
const threadWorker = 'tfjs-backend-wasm-threaded-simd.worker.js';

const threadWorkerModule = z.object({ wasmWorkerContents: z.string() });

/** Everything the wasm backend loads by name at run time. */
function wasmFiles(): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  for (const name of kernels) files.set(name, readFileSync(join(wasmPackage, 'dist', name)));
  const folder = join(wasmPackage, 'wasm-out');
  files.set(threadMain, readFileSync(join(folder, threadMain)));
  const worker = threadWorkerModule.parse(require(join(folder, threadWorker)));
  // One line of code, whose string literals lost their escapes on the way through a template.
  files.set(threadWorker, worker.wasmWorkerContents.replaceAll('\n', '\\n'));
  return files;
}

/**
 * Puts the files of the wasm backend under a stable path, `wasm/<name>`, beside the pages: the
 * backend asks for them by name at run time, so their names must not carry a hash.
 */
function wasmAssets(): Plugin {
  return {
    name: 'gradwire:wasm-assets',
    generateBundle() {
      for (const [name, source] of wasmFiles()) {
        this.emitFile({ type: 'asset', fileName: `wasm/${name}`, source });
      }
    },
    configureServer(server) {
      const files = wasmFiles();
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        const name = pathname.replace(/^\/wasm\//, '');
        const source = pathname.startsWith('/wasm/') ? files.get(name) : undefined;
        if (source === undefined) return next();
        const isKernel = name.endsWith('.wasm');
        response.setHeader('Content-Type', isKernel ? 'application/wasm' : 'text/javascript');
        for (const [header, value] of Object.entries(isolationHeaders)) {
          response.setHeader(header, value);
        }
        response.end(source);
      });
    },
  };
}

const patches = [
  {
    from: "if (path.endsWith('.worker.js')) {",
    to: "if (path.endsWith('.worker.js')) { if (wasmPathPrefix != null) return new URL(wasmPathPrefix + path, self.location.href).href;",
  },
  {
    from: 'factoryConfig.mainScriptUrlOrBlob = new Blob(',
    to: `factoryConfig.mainScriptUrlOrBlob = wasmPathPrefix != null ? new URL(wasmPathPrefix + '${threadMain}', self.location.href).href : new Blob(`,
  },
];

/**
 * Lets the threads of the wasm backend start from files. As shipped, they start from the printed
 * source of a function that refers to names around it, which minifying renames, and from `blob:`
 * addresses, which the content security policy forbids.
 */
function wasmThreads(): Plugin {
  return {
    name: 'gradwire:wasm-threads',
    apply: 'build',
    transform: {
      filter: { id: /tfjs-backend-wasm[\\/]dist[\\/]backend_wasm\.js$/ },
      handler(code) {
        let patched = code;
        for (const { from, to } of patches) {
          if (patched.split(from).length !== 2) {
            this.error(`tfjs-backend-wasm has changed: adapt its thread patch, "${from}".`);
          }
          patched = patched.replace(from, () => to);
        }
        return { code: patched, map: null };
      },
    },
  };
}

/** Copies the kernels of the wasm backend into the folder a bundle for Node is written to. */
function wasmBeside(folder: string): Plugin {
  return {
    name: 'gradwire:wasm-beside',
    writeBundle() {
      mkdirSync(folder, { recursive: true });
      for (const name of kernels) {
        copyFileSync(join(wasmPackage, 'dist', name), join(folder, name));
      }
    },
  };
}

/**
 * The configuration of a bundle for plain Node, with every package inside.
 * @param folder where it is written, with the wasm backend's kernels beside it
 * @param input the programs: `<name>.js` for each
 */
export function nodeBundle(folder: string, input: Readonly<Record<string, string>>): UserConfig {
  return {
    plugins: [wasmBeside(folder)],
    publicDir: false,
    ssr: { noExternal: true },
    // CommonJS packages are inside too, and the wasm backend asks where it lies.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20.19',
      reportCompressedSize: false,
      rolldownOptions: {
        input: { ...input },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

/** The licences of all that is bundled, beside the pages, which show them. */
function licencesFile(): Plugin {
  return {
    name: 'gradwire:licences',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesText() });
    },
    configureServer(server) {
      server.middlewares.use('/licences.txt', (_request, response) => {
        response.setHeader('Content-Type', 'text/plain; charset=utf-8');
        response.end(licencesText());
      });
    },
  };
}

/** What the editor's pages need, whether Electron or a browser shows them. */
export function rendererPlugins(): PluginOption[] {
  return [react(), wasmAssets(), wasmThreads(), licencesFile()];
}

/** What the workers of those pages need: a worker is a bundle of its own. */
export const workerOptions = { format: 'es' as const, plugins: () => [wasmThreads()] };

/**
 * What the first window needs of packages and of the core, in two files rather than in one for each set of pages that
 * share a module: every file is a question to the main process.
 */
export const sharedChunks = {
  groups: [
    {
      name: 'core',
      test: /[\\/]src[\\/](tensor[\\/](?!tfjs)|ops|graph|trace)|[\\/]node_modules[\\/](zod|mathjs)[\\/]/,
    },
    {
      name: 'react',
      test: /[\\/]node_modules[\\/](react|react-dom|scheduler|zustand|use-sync-external-store|@base-ui)[\\/]/,
    },
  ],
};

/** Headers that make a page cross-origin isolated, without which there are no wasm threads. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

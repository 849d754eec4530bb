import { copyFileSync, createReadStream, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, PluginOption } from 'vite';

/** The project's root folder. */
export const root = dirname(fileURLToPath(import.meta.url));

/** The three kernels of the wasm backend; the backend picks one by what the machine can do. */
const wasmFiles = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

const wasmFolder = dirname(
  createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
  ),
);

/**
 * Puts the binaries of the wasm backend under a stable path, `wasm/<name>`, beside the pages:
 * the backend asks for them by name at run time, so their names must not carry a hash.
 */
export function wasmAssets(): Plugin {
  return {
    name: 'gradwire:wasm-assets',
    generateBundle() {
      for (const name of wasmFiles) {
        this.emitFile({
          type: 'asset',
          fileName: `wasm/${name}`,
          source: readFileSync(join(wasmFolder, name)),
        });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const name = wasmFiles.find((file) => path === `/wasm/${file}`);
        if (name === undefined) return next();
        response.setHeader('Content-Type', 'application/wasm');
        response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
        createReadStream(join(wasmFolder, name)).pipe(response);
      });
    },
  };
}

/** Copies the binaries of the wasm backend into the folder a bundle for Node is written to. */
export function wasmBeside(folder: string): Plugin {
  return {
    name: 'gradwire:wasm-beside',
    writeBundle() {
      mkdirSync(folder, { recursive: true });
      for (const name of wasmFiles) copyFileSync(join(wasmFolder, name), join(folder, name));
    },
  };
}

/** What the editor's pages need, whether Electron or a browser shows them. */
export function rendererPlugins(): PluginOption[] {
  return [react(), wasmAssets()];
}

/** Headers that make a page cross-origin isolated, without which there are no wasm threads. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

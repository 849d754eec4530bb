import {
  backend as currentBackend,
  enableProdMode,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { TensorError } from '../errors.ts';
import type { GpuOps } from './gpu-ops.ts';
import { Kernels } from './kernels.ts';
import { OwnKernels } from './own-kernels.ts';
import { TfjsOps, wasmStrategy } from './tfjs-ops.ts';
import { startWebgl } from './webgl.ts';
import { startWebgpu } from './webgpu.ts';

/** The backends. */
export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

export interface BackendOptions {
  /**
   * Where the wasm backend's binaries lie: the address of their folder in a page, its path in Node, with
   * a slash at the end. Without it they are looked for beside the backend's own code.
   */
  readonly wasmFolder?: string | undefined;
  /** Most threads the wasm backend may use, where there are threads at all; the library's choice is all. */
  readonly threads?: number | undefined;
}

/**
 * Starts a backend of TensorFlow.js. Throws `TensorError` `no-engine` where it cannot run here.
 */
export async function startBackend(
  name: BackendName,
  { wasmFolder, threads }: BackendOptions = {},
): Promise<TfjsOps> {
  try {
    // Without its checks on every value, and without advice to Node's users on standard error.
    enableProdMode();
    if (name === 'webgpu' || name === 'webgl') return await startGpu(name);
    if (name === 'wasm') {
      const { getThreadsCount, setThreadsCount, setWasmPaths } = await import(
        '@tensorflow/tfjs-backend-wasm'
      );
      if (wasmFolder !== undefined) setWasmPaths(wasmFolder);
      if (threads !== undefined) setThreadsCount(threads);
      await set(name);
      const backend = currentBackend();
      const count = getThreadsCount();
      const strategy = wasmStrategy(new OwnKernels(backend), count);
      const device = {
        description: count === 1 ? '1 thread' : `${count} threads`,
        software: false,
      };
      return new TfjsOps(new Kernels(name, backend), strategy, device);
    }
    await import('@tensorflow/tfjs-backend-cpu');
    await set(name);
    return new TfjsOps(new Kernels(name, currentBackend()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TensorError('no-engine', `The engine “${name}” does not start here: ${reason}.`);
  }
}

async function set(name: BackendName): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`${name} did not start`);
}

/** The engines on a GPU that were started, until they are lost. */
const started = new Map<'webgpu' | 'webgl', GpuOps>();

async function startGpu(name: 'webgpu' | 'webgl'): Promise<GpuOps> {
  const known = started.get(name);
  if (known && !known.lost) return known;
  if (known) forget(name);
  const made = name === 'webgpu' ? await startWebgpu() : await startWebgl();
  started.set(name, made);
  return made;
}

/** Takes a lost backend from the library, so that it makes another. */
function forget(name: 'webgpu' | 'webgl'): void {
  started.delete(name);
  const make = findBackendFactory(name);
  removeBackend(name);
  registerBackend(name, make);
}

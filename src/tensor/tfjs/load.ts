import type { BackendName, BackendOptions } from './start.ts';
import type { TfjsOps } from './tfjs-ops.ts';

/**
 * Starts a backend of TensorFlow.js, whose code is loaded only now: nothing but the trainer needs it.
 * Throws `TensorError` `no-engine` where it cannot run here.
 */
export async function startTfjs(name: BackendName, options?: BackendOptions): Promise<TfjsOps> {
  const { startBackend } = await import('./start.ts');
  return startBackend(name, options);
}

/** The trainer in a browser: a dedicated worker. */

import type { Outcome } from '#bridge';
import type { WorkerOrder, WorkerReady } from '../trainer/worker-order.ts';
import type { Trainer } from './host.ts';
import { TrainerHandle } from './trainer-handle.ts';
import { WEB_STRINGS } from './web-strings.ts';

export function createTrainerStarter(): () => Promise<Outcome<Trainer>> {
  let current: TrainerHandle | null = null;
  return async () => {
    await current?.stop();
    current = null;
    const worker = new Worker(new URL('../trainer/worker.ts', import.meta.url), { type: 'module' });
    const { port1, port2 } = new MessageChannel();
    const order: WorkerOrder = {
      type: 'gradwire:port',
      lock: `gradwire-trainer-${crypto.randomUUID()}`,
    };
    const ready = untilReady(worker);
    worker.postMessage(order, [port2]);
    if (!(await ready)) {
      worker.terminate();
      return { ok: false, code: 'trainer', message: WEB_STRINGS.trainerNotStarted };
    }
    const handle = new TrainerHandle(port1, async () => {
      worker.terminate();
      return { ok: true, value: null };
    });
    // An error that nothing in the worker caught leaves it in an unknown state.
    worker.addEventListener('error', () => worker.terminate());
    // A worker fires no event when it ends, whether by itself, by an error or for want of memory; its lock gets free.
    void navigator.locks.request(order.lock, () =>
      handle.exited({ reason: 'crashed', message: WEB_STRINGS.trainerCrashed }),
    );
    current = handle;
    return { ok: true, value: handle };
  };
}

/** False where the worker's script could not be loaded or run. */
function untilReady(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.addEventListener('error', () => resolve(false), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerReady>) => {
      if (data.type === 'gradwire:ready') resolve(true);
    });
  });
}

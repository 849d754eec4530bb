/** The trainer of the web build, in a worker: the page posts its end of the channel. */

import { serveTrainer } from './serve.ts';
import { isWorkerOrder, type WorkerReady } from './worker-order.ts';

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  const [port] = event.ports;
  const { data } = event;
  if (port === undefined || !isWorkerOrder(data)) return;
  // Held for life: when the page is granted this lock, the worker is gone, for whatever reason.
  void navigator.locks.request(data.lock, () => {
    serveTrainer(port);
    const ready: WorkerReady = { type: 'gradwire:ready' };
    self.postMessage(ready);
    return new Promise<never>(() => undefined);
  });
});

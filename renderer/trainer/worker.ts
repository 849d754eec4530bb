/** The trainer of the web build, in a worker: the page posts its end of the channel. */

import { serveTrainer } from './serve.ts';

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  const [port] = event.ports;
  const { data } = event;
  if (port === undefined || typeof data !== 'object' || data === null || !('type' in data)) return;
  if (data.type === 'gradwire:port') serveTrainer(port);
});

/** The trainer in its hidden window: the preload posts its end of the channel to the page. */

import { serveTrainer } from './serve.ts';

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const [port] = event.ports;
  if (event.source !== window || event.origin !== location.origin || port === undefined) return;
  const { data } = event;
  if (typeof data !== 'object' || data === null || !('type' in data)) return;
  if (data.type === 'gradwire:port') serveTrainer(port);
});

/** Checks gradients away from the page's thread: a large graph takes its time. */

import { gradientChecks } from '#diagnose';
import { catalogue } from '#ops';
import { type Trace, trace } from '#trace';
import { type CheckOrder, type CheckReply, placeKey } from './order.ts';

let traced: Trace | undefined;

self.addEventListener('message', ({ data: order }: MessageEvent<CheckOrder>) => {
  if (order.type === 'document') {
    traced = trace(order.document, catalogue);
    return;
  }
  const wanted = order.only && new Set(order.only);
  const only = wanted && {
    only: (place: Parameters<typeof placeKey>[0]) => wanted.has(placeKey(place)),
  };
  if (traced) {
    for (const check of gradientChecks(traced, catalogue, only)) reply({ type: 'checked', check });
  }
  reply({ type: 'done' });
});

function reply(message: CheckReply): void {
  self.postMessage(message);
}

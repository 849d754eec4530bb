/** Checks gradients away from the page's thread: a large graph takes its time. */

import { type GradientCheck, gradientChecks } from '#diagnose';
import { catalogue } from '#ops';
import { type Trace, trace } from '#trace';
import { type CheckOrder, type CheckReply, placeKey } from './order.ts';

/** Milliseconds: the page shows results as they come, but not each for itself. */
const often = 100;

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
  let checks: GradientCheck[] = [];
  let last = performance.now();
  const flush = () => {
    if (checks.length > 0) reply({ type: 'checked', checks });
    checks = [];
    last = performance.now();
  };
  for (const check of traced ? gradientChecks(traced, catalogue, only) : []) {
    checks.push(check);
    if (performance.now() - last > often) flush();
  }
  flush();
  reply({ type: 'done' });
});

function reply(message: CheckReply): void {
  self.postMessage(message);
}

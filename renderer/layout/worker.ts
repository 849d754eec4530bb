/** Lays graphs out away from the page's thread: a large one takes seconds. */

import { layout } from '#graph';
import type { LayoutOrder, LayoutReply } from './order.ts';

const usual = { width: 110, height: 90 };
const unlabelled = { width: 24, height: 12 };
/** Below a node stands its caption. */
const caption = 28;

self.addEventListener('message', ({ data }: MessageEvent<LayoutOrder>) => {
  const { document, sizes, labels, only } = data;
  const size = (id: Parameters<typeof sizes.get>[0]) => {
    const { width, height } = sizes.get(id) ?? usual;
    return { width, height: height + caption };
  };
  const label = (id: Parameters<typeof labels.get>[0]) => labels.get(id) ?? unlabelled;
  const positions = layout(document, { size, label, ...(only ? { only } : {}) });
  const reply: LayoutReply = { positions };
  self.postMessage(reply);
});

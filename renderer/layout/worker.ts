/** Lays graphs out away from the page's thread: a large one takes seconds. */

import { layout } from '#graph';
import type { LayoutOrder, LayoutReply } from './order.ts';

const usual = { width: 110, height: 90 };
/** Below a node stands its caption. */
const caption = 28;

self.addEventListener('message', ({ data }: MessageEvent<LayoutOrder>) => {
  const { document, sizes, only } = data;
  const size = (id: Parameters<typeof sizes.get>[0]) => {
    const { width, height } = sizes.get(id) ?? usual;
    return { width, height: height + caption };
  };
  const positions = layout(document, { size, ...(only ? { only } : {}) });
  const reply: LayoutReply = { positions };
  self.postMessage(reply);
});

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useServices } from '../store/index.ts';
import { useFit } from './use-fit.ts';

/** New nodes have to be drawn and measured first. */
const patience = 60;

/** Shows the whole graph where a composite was expanded beyond the edge of the view. */
export function useReveal(): void {
  const { store } = useServices();
  const { getNodesBounds } = useReactFlow();
  const flow = useStoreApi();
  const fit = useFit();
  useEffect(
    () =>
      store.subscribe((now, before) => {
        const { frames } = now.editor.document;
        const last = frames.at(-1);
        const grown = frames.length > before.editor.document.frames.length;
        if (!grown || !last || now.documentKey !== before.documentKey) return;
        setTimeout(() => {
          const { x, y, width, height } = getNodesBounds([...last.nodes]);
          const { transform, width: right, height: bottom } = flow.getState();
          const [tx, ty, zoom] = transform;
          const outside =
            x * zoom + tx < 0 ||
            y * zoom + ty < 0 ||
            (x + width) * zoom + tx > right ||
            (y + height) * zoom + ty > bottom;
          if (outside) fit();
        }, patience);
      }),
    [store, getNodesBounds, flow, fit],
  );
}

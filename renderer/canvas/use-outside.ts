import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import type { NodeId } from '#graph';

/** New nodes have to be drawn and measured first. */
const patience = 60;

/** Does something once new nodes are drawn, where some of them lie outside the view. */
export function useWhereOutside(): (ids: readonly string[], then: () => void) => void {
  const { getNodesBounds } = useReactFlow();
  const flow = useStoreApi();
  return useCallback(
    (ids, then) => {
      setTimeout(() => {
        const { x, y, width, height } = getNodesBounds([...ids]);
        const { transform, width: right, height: bottom } = flow.getState();
        const [tx, ty, zoom] = transform;
        const outside =
          x * zoom + tx < 0 ||
          y * zoom + ty < 0 ||
          (x + width) * zoom + tx > right ||
          (y + height) * zoom + ty > bottom;
        if (outside) then();
      }, patience);
    },
    [getNodesBounds, flow],
  );
}

/** Brings new nodes into the view, no larger than everything is drawn now, where they lie outside of it. */
export function useBringIntoView(): (ids: readonly NodeId[]) => void {
  const { fitView, getZoom } = useReactFlow();
  const whereOutside = useWhereOutside();
  return useCallback(
    (ids) =>
      whereOutside(ids, () => {
        void fitView({ nodes: ids.map((id) => ({ id })), maxZoom: getZoom(), duration: 200 });
      }),
    [whereOutside, fitView, getZoom],
  );
}

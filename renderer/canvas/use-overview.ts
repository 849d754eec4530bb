import { useReactFlow } from '@xyflow/react';
import { type PointerEvent, useCallback, useEffect, useMemo } from 'react';
import { flushSync } from 'react-dom';
import { useEditor } from '../store/index.ts';
import type { FlowNode } from './flow-nodes.ts';
import { atHand, nothingAtHand, Picture } from './overview.ts';

/** From how far a wire can be taken, in CSS pixels. */
const reach = 6;

interface OverviewHands {
  /** Where everything lies; undefined while the graph itself is drawn. */
  readonly picture: Picture | undefined;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerDownCapture: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
}

const leave = () => atHand.setState(nothingAtHand);

/** The overview's picture, and hands for it: what lies under the pointer is put into the page, where it can be taken. */
export function useOverview(overview: boolean, nodes: readonly FlowNode[]): OverviewHands {
  const document = useEditor(({ trace }) => trace.document);
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const picture = useMemo(
    () => (overview ? new Picture(document, nodes) : undefined),
    [overview, document, nodes],
  );
  useEffect(() => {
    if (!overview) atHand.setState(nothingAtHand);
  }, [overview]);

  const take = useCallback(
    ({ clientX, clientY }: PointerEvent) => {
      if (!picture) return;
      const at = screenToFlowPosition({ x: clientX, y: clientY });
      const node = picture.nodeAt(at);
      const wire = node ? null : picture.wireAt(at, reach / getZoom());
      const known = atHand.getState();
      if (known.node === node && known.wire === wire) return;
      // At once: a press that follows must find it.
      flushSync(() => atHand.setState({ node, wire }));
    },
    [picture, screenToFlowPosition, getZoom],
  );
  const onPointerMove = useCallback(
    (event: PointerEvent) => {
      if (event.buttons === 0) take(event);
    },
    [take],
  );
  return { picture, onPointerMove, onPointerDownCapture: take, onPointerLeave: leave };
}

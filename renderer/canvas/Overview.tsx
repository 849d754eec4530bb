import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { nodeId } from '#graph';
import { useServices } from '../store/index.ts';
import { looksStore } from '../ui/looks.ts';
import { drawPicture } from './drawing.ts';
import type { Picture } from './overview.ts';
import { useColours } from './use-colours.ts';

/** A large graph from afar, as one picture beneath what is at hand of it. */
export function Overview({ picture }: { readonly picture: Picture }) {
  const { store } = useServices();
  const flow = useStoreApi();
  const colours = useColours();
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    let frame = 0;
    const draw = () => {
      frame = 0;
      const { transform, width, height } = flow.getState();
      const [x, y, zoom] = transform;
      const pixels = window.devicePixelRatio;
      const [wide, high] = [Math.round(width * pixels), Math.round(height * pixels)];
      if (element.width !== wide || element.height !== high) {
        element.width = wide;
        element.height = high;
      }
      drawPicture(pen, picture, { x, y, zoom, width, height }, store.getState(), colours);
    };
    /** Once before the next frame, whatever changes until then. */
    const plan = () => {
      frame ||= requestAnimationFrame(draw);
    };
    plan();
    const ends = [
      flow.subscribe((now, before) => {
        const { transform, width, height } = before;
        if (now.transform !== transform || now.width !== width || now.height !== height) plan();
      }),
      store.subscribe(plan),
      looksStore.subscribe(plan),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const end of ends) end();
    };
  }, [picture, flow, store, colours]);

  // What React Flow selects by a frame drawn around it, it finds among what is in the page only.
  useEffect(
    () =>
      flow.subscribe(({ userSelectionRect, transform }, before) => {
        if (!userSelectionRect || userSelectionRect === before.userSelectionRect) return;
        const { x, y, width, height } = userSelectionRect;
        if (width + height === 0) return;
        const [left, top, zoom] = transform;
        const area = {
          x: (x - left) / zoom,
          y: (y - top) / zoom,
          width: width / zoom,
          height: height / zoom,
        };
        store.getState().select({ nodes: new Set(picture.nodesIn(area).map(nodeId)) });
      }),
    [picture, flow, store],
  );
  return <canvas ref={canvas} className="overview" />;
}

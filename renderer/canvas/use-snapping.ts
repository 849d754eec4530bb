import { useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { type Box, type NodeId, type Position, type Sizes, snap } from '#graph';
import { useServices } from '../store/index.ts';
import { showGuides } from './gesture-state.ts';

/** In pixels of the window, whatever the zoom. */
const reach = 6;
const usual = { width: 76, height: 76 };

type Positions = ReadonlyMap<NodeId, Position>;

/** Brings what is dragged in line with the nodes in view, and shows along which lines; not while Alt is held. */
export function useSnapping(sizes: Sizes) {
  const { store } = useServices();
  const flow = useStoreApi();
  const free = useRef(false);
  const known = useRef(sizes);
  known.current = sizes;
  useEffect(() => {
    const follow = ({ altKey }: PointerEvent | KeyboardEvent) => {
      free.current = altKey;
    };
    window.addEventListener('pointermove', follow, { capture: true });
    window.addEventListener('keydown', follow, { capture: true });
    window.addEventListener('keyup', follow, { capture: true });
    return () => {
      window.removeEventListener('pointermove', follow, { capture: true });
      window.removeEventListener('keydown', follow, { capture: true });
      window.removeEventListener('keyup', follow, { capture: true });
    };
  }, []);

  const snapped = useCallback(
    (dragged: Positions): Positions => {
      const boxOf = (id: NodeId, { x, y }: Position): Box => {
        const { width, height } = known.current.get(id) ?? usual;
        return { x, y, width, height };
      };
      const { transform, width, height } = flow.getState();
      const [tx, ty, zoom] = transform;
      const { nodes } = store.getState().trace.document;
      const others = nodes.flatMap(({ id, position }) => {
        if (dragged.has(id)) return [];
        const box = boxOf(id, position);
        const [left, top] = [box.x * zoom + tx, box.y * zoom + ty];
        const seen =
          left < width && top < height && left > -box.width * zoom && top > -box.height * zoom;
        return seen ? [box] : [];
      });
      const own = [...dragged].map(([id, position]) => boxOf(id, position));
      if (free.current || others.length === 0 || own.length === 0) {
        showGuides([]);
        return dragged;
      }
      const { by, guides } = snap(around(own), others, reach / zoom);
      showGuides(guides);
      return new Map(
        [...dragged].map(([id, { x, y }]) => [
          id,
          { x: Math.round(x + by.x), y: Math.round(y + by.y) },
        ]),
      );
    },
    [store, flow],
  );
  const end = useCallback(() => showGuides([]), []);
  return { snapped, end };
}

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

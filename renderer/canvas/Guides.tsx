import { useStore, ViewportPortal } from '@xyflow/react';
import { wireGestures } from './gesture-state.ts';

const beyond = 12;

/** The lines along which what is being dragged stands in line with other nodes. */
export function Guides() {
  const guides = wireGestures((state) => state.guides);
  const zoom = useStore(({ transform }) => (guides.length > 0 ? transform[2] : 1));
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => {
        const length = to - from + 2 * beyond;
        const start = from - beyond;
        const thick = 1 / zoom;
        return (
          <div
            key={`${axis} ${at}`}
            className="guide"
            style={
              axis === 'x'
                ? { left: at, top: start, width: thick, height: length }
                : { left: start, top: at, width: length, height: thick }
            }
          />
        );
      })}
    </ViewportPortal>
  );
}

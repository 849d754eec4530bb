import { ViewportPortal } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { useEditor } from '../store/index.ts';
import type { Curve } from './curve.ts';
import { onCurve } from './curve.ts';
import type { WireLook } from './look.ts';

/** Places along the curve between which the bead goes straight. */
const places = 24;
const duration = 800;

/**
 * While the film is on a wire, a bead travels along it: forward with the value, back with the gradient. Moved
 * by transforms alone, which the compositor does by itself: nothing of the page is painted anew meanwhile.
 */
export function Bead({ curve, look }: { readonly curve: Curve; readonly look: WireLook }) {
  const step = useEditor(({ film }) => (look === 'forward' || look === 'product' ? film.at : -1));
  const speed = useEditor(({ film }) => film.speed);
  if (step < 0) return null;
  // Remounted for every step of the film, so that it starts anew.
  return <Travelling key={step} curve={curve} back={look === 'product'} speed={speed} />;
}

interface TravellingProps {
  readonly curve: Curve;
  readonly back: boolean;
  readonly speed: number;
}

function Travelling({ curve, back, speed }: TravellingProps) {
  const element = useRef<HTMLSpanElement>(null);
  const { x0, y0, x3, y3, detour } = curve;
  useLayoutEffect(() => {
    const frames = Array.from({ length: places + 1 }, (_, at) => {
      const { x, y } = onCurve({ x0, y0, x3, y3, detour }, at / places);
      return { transform: `translate(${x}px, ${y}px)` };
    });
    const animation = element.current?.animate(frames, {
      duration: duration / speed,
      easing: 'cubic-bezier(0.45, 0, 0.3, 1)',
      direction: back ? 'reverse' : 'normal',
      fill: 'both',
    });
    return () => animation?.cancel();
  }, [x0, y0, x3, y3, detour, back, speed]);
  // Above all else: what lies above a layer that moves needs layers of its own.
  return (
    <ViewportPortal>
      <span ref={element} className="bead" data-back={back} />
    </ViewportPortal>
  );
}

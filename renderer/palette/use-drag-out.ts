import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Operation } from '#ops';

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Dragged extends Point {
  readonly operation: Operation;
}

/** From this many pixels on a press is a drag. */
const threshold = 5;

/**
 * Drags an operation out of the palette by pointer events, which serve mouse, pen and touch alike.
 * `drop` is called where the pointer is let go over the canvas.
 */
export function useDragOut(drop: (operation: Operation, point: Point) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const end = useRef<(() => void) | null>(null);
  useEffect(() => () => end.current?.(), []);

  const start = (event: PointerEvent<HTMLElement>, operation: Operation) => {
    if (event.button !== 0) return;
    const from = { x: event.clientX, y: event.clientY };
    let moved = false;
    const move = ({ clientX: x, clientY: y }: globalThis.PointerEvent) => {
      if (!moved && Math.hypot(x - from.x, y - from.y) < threshold) return;
      moved = true;
      setDragged({ operation, x, y });
    };
    const up = ({ clientX: x, clientY: y }: globalThis.PointerEvent) => {
      stop();
      if (!moved) return;
      // The click that follows a drag is not one.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
      const target = document.elementFromPoint(x, y);
      if (target?.closest('[data-testid="canvas"]')) drop(operation, { x, y });
    };
    const cancel = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') stop();
    };
    const stop = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', stop);
      window.removeEventListener('keydown', cancel);
      end.current = null;
      setDragged(null);
    };
    end.current = stop;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', stop);
    window.addEventListener('keydown', cancel);
  };
  return { dragged, start };
}

function swallow(event: MouseEvent): void {
  event.stopPropagation();
  event.preventDefault();
}

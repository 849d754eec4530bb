import type { Position } from '#graph';

const least = 4;

/**
 * Follows a press until it is let go. `move` hears by how much the pointer has moved, in pixels of the
 * screen; `end` as well, or null where nothing came of it: it was not moved, or Escape took it back.
 */
export function followPointer(
  from: { readonly clientX: number; readonly clientY: number },
  move: (by: Position) => void,
  end: (by: Position | null) => void,
): void {
  let by: Position | null = null;
  const onMove = ({ clientX, clientY }: PointerEvent) => {
    const now = { x: clientX - from.clientX, y: clientY - from.clientY };
    if (!by && Math.hypot(now.x, now.y) < least) return;
    by = now;
    move(now);
  };
  const stop = (result: Position | null) => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, { capture: true });
    end(result);
  };
  const onUp = () => stop(by);
  const onCancel = () => stop(null);
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') stop(null);
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, { capture: true });
}

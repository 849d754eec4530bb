import { useEffect } from 'react';
import { useEditor, useServices } from '../store/index.ts';

const staysFor = 7000;
const margin = 16;
const widest = 320;

/** Why a gesture was refused, at its place; it goes by itself, by a click or by Escape. */
export function Bubble() {
  const { store } = useServices();
  const bubble = useEditor((state) => state.bubble);
  useEffect(() => {
    if (!bubble) return;
    const close = () => store.getState().showBubble(null);
    const timer = setTimeout(close, staysFor);
    window.addEventListener('pointerdown', close);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerdown', close);
    };
  }, [bubble, store]);
  if (!bubble) return null;
  const left = Math.min(bubble.x + 14, window.innerWidth - widest - margin);
  const top = Math.min(bubble.y + 14, window.innerHeight - 120);
  return (
    <div className="bubble" style={{ left, top }} data-testid="bubble">
      {bubble.message}
    </div>
  );
}

/** Says to a screen reader what others see happen. */
export function LiveRegion() {
  const announcement = useEditor((state) => state.announcement);
  return (
    <output className="visually-hidden" aria-live="polite">
      {announcement}
    </output>
  );
}

import { useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { createStore } from 'zustand/vanilla';

interface Hand {
  /** While Space is held, a drag moves the view, whatever lies under the pointer. */
  readonly held: boolean;
  /** What Space does where nothing was dragged with it. */
  readonly tap: (() => void) | null;
}

const nothingHeld: Hand = { held: false, tap: null };

const hand = createStore<Hand>(() => nothingHeld);

/** Space went down: until it comes up it is a hand. Without a drag, `tap` follows then. */
export function holdHand(tap: (() => void) | null): void {
  // A key that is held repeats itself.
  if (hand.getState().held) return;
  hand.setState({ held: true, tap });
  const end = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== ' ') return;
    window.removeEventListener('keyup', end, { capture: true });
    window.removeEventListener('blur', end);
    const last = hand.getState().tap;
    hand.setState(nothingHeld);
    if (event.type === 'keyup') last?.();
  };
  window.addEventListener('keyup', end, { capture: true });
  window.addEventListener('blur', end);
}

/**
 * Moves the view by the middle button, and by a drag with Space: also over nodes, wires and all that lies on the
 * canvas, none of which hear of it.
 */
export function useHand(canvas: RefObject<HTMLElement | null>, moved: () => void): void {
  const flow = useStoreApi();
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const onDown = (event: PointerEvent) => {
      const { button, target, pointerId } = event;
      const { held } = hand.getState();
      const onGraph = target instanceof Element && target.closest('.react-flow');
      if (!onGraph || target.closest('.react-flow__panel')) return;
      if (button !== 1 && !(button === 0 && held)) return;
      // Nor does a mousedown follow.
      event.preventDefault();
      event.stopPropagation();
      hand.setState({ tap: null });
      // A button that has the focus would take Space for its own.
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
      element.dataset.hand = 'grabs';
      let { clientX, clientY } = event;
      const onMove = (move: PointerEvent) => {
        if (move.pointerId !== pointerId) return;
        void flow.getState().panBy({ x: move.clientX - clientX, y: move.clientY - clientY });
        ({ clientX, clientY } = move);
        moved();
      };
      const onUp = (up: PointerEvent) => {
        if (up.pointerId !== pointerId) return;
        window.removeEventListener('pointermove', onMove);
        window.removeEventListener('pointerup', onUp);
        window.removeEventListener('pointercancel', onUp);
        show();
        if (button !== 0) return;
        window.addEventListener('click', swallow, { capture: true });
        setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
      };
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', onUp);
      window.addEventListener('pointercancel', onUp);
    };
    const show = () => {
      if (hand.getState().held) element.dataset.hand = 'held';
      else delete element.dataset.hand;
    };
    const end = hand.subscribe(show);
    element.addEventListener('pointerdown', onDown, { capture: true });
    return () => {
      end();
      element.removeEventListener('pointerdown', onDown, { capture: true });
    };
  }, [canvas, flow, moved]);
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

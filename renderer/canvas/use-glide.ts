import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useEditor } from '../store/index.ts';
import { glide, journeys, type Positions } from './glide.ts';

const nowhere: Positions = new Map();

/**
 * Lets nodes glide where an edit, or its undo, moved several of them. Returns where to note the places at which nodes
 * were let go by hand: from there they need not come.
 */
export function useGlide(show: (positions: Positions) => void): RefObject<Positions> {
  const document = useEditor(({ trace }) => trace.document);
  const documentKey = useEditor((state) => state.documentKey);
  const fanned = useEditor(({ replicas }) => replicas !== null);
  const left = useRef(nowhere);
  const shown = useRef({ document, documentKey, fanned });

  // Before it is painted: nobody sees them at their ends first.
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { document, documentKey, fanned };
    const letGo = left.current;
    left.current = nowhere;
    const same = before.documentKey === documentKey && !before.fanned && !fanned;
    const from = same ? journeys(before.document, document, letGo) : nowhere;
    if (from.size === 0) return undefined;
    const arrive = () => show(nowhere);
    const end = glide(from, document, show, arrive);
    return () => {
      end();
      arrive();
    };
  }, [document, documentKey, fanned, show]);
  return left;
}

import { useEffect, useMemo, useRef } from 'react';
import type { WireId } from '#graph';
import { directionsOf } from '#trace';
import { chooseWay, openQuestion, useEditor, useNumbers, useServices } from '../store/index.ts';
import { quizzing as text } from '../strings/en-quiz.ts';
import { wayName } from './ways.ts';

/** Where a router may send the gradient: a button for each way, and a key from 1 on. Nothing elsewhere. */
export function WayChoice({ id }: { readonly id: WireId }) {
  const { store } = useServices();
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const numbers = useNumbers();
  const first = useRef<HTMLButtonElement>(null);
  const directions = useMemo(() => directionsOf(trace, registry, id), [trace, registry, id]);
  const count = directions?.ways.length ?? 0;

  useEffect(() => {
    if (count === 0) return;
    first.current?.focus();
    const choose = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, dialog'))
        return;
      const way = Number(event.key) - 1;
      const leaves = event.key === 'Escape';
      if (!leaves && !(Number.isInteger(way) && way >= 0 && way < count)) return;
      event.preventDefault();
      event.stopPropagation();
      if (leaves) openQuestion(store, null);
      else chooseWay(store, id, way);
      if (store.getState().quiz?.open === null) focusNext();
    };
    document.addEventListener('keydown', choose, { capture: true });
    return () => document.removeEventListener('keydown', choose, { capture: true });
  }, [store, id, count]);

  if (!directions) return null;
  const value = trace.wires.get(id)?.value;
  return (
    <fieldset className="quiz-ways" aria-label={text.ways}>
      {directions.ways.map((way, at) => {
        const name = wayName(trace, directions.ways, way, value, numbers);
        return (
          <button
            key={name}
            ref={at === 0 ? first : undefined}
            type="button"
            className="button"
            aria-keyshortcuts={String(at + 1)}
            onClick={() => {
              chooseWay(store, id, at);
              if (store.getState().quiz?.open === null) focusNext();
            }}
          >
            <span className="way-key numeric" aria-hidden="true">
              {at + 1}
            </span>
            {name}
          </button>
        );
      })}
    </fieldset>
  );
}

function focusNext(): void {
  document.getElementById('quiz-next')?.focus();
}

import { ScanEye } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ExampleChoice, Facts } from '#train';
import { useEditor, useServices } from '../../store/index.ts';
import { views } from '../../strings/en-views.ts';
import type { TrainingControl } from '../control.ts';
import { useTraining } from '../use-view.ts';
import { traceMoment } from './trace-moment.ts';
import { partShown } from './use-facts.ts';
import { viewsStore } from './views-store.ts';

const text = views.trace;
const largestBatch = 64;

/** Back to the canvas: the numbers of this moment, with an example or a mini-batch, on the wires. */
export function TraceBar({ control }: { readonly control: TrainingControl }) {
  const { store } = useServices();
  const { view, way, own, batch, picked } = useStore(viewsStore);
  const [said, setSaid] = useState<string>();
  const hasData = useTraining(control, ({ dataset }) => dataset !== undefined);
  const hasLoss = useEditor(({ editor }) => editor.document.loss !== undefined);
  if (!hasData || !hasLoss) return null;
  const trace = async (choiceOf: (facts: Facts) => ExampleChoice) => {
    setSaid(text.busy);
    setSaid(await traceMoment(control.looker, store, choiceOf));
  };
  const usesOwn = view === 'try' && way !== 'data';
  return (
    <section className="trace-bar" aria-label={text.title}>
      <button
        type="button"
        className="button"
        disabled={usesOwn && !own}
        onClick={() =>
          void trace((facts) => (usesOwn && own ? { from: 'own', ...own } : chosen(facts, 1)))
        }
      >
        <ScanEye size={16} aria-hidden="true" />
        {view === 'try' || picked ? text.example : text.some}
      </button>
      <span className="trace-batch">
        <button
          type="button"
          className="button"
          onClick={() => void trace((facts) => chosen(facts, batch))}
        >
          {text.batch}
        </button>
        <input
          type="number"
          className="text-field numeric"
          aria-label={text.size}
          min={2}
          max={largestBatch}
          value={batch}
          onChange={({ target }) => {
            const next = Math.floor(Number(target.value));
            if (next >= 2 && next <= largestBatch) viewsStore.setState({ batch: next });
          }}
        />
      </span>
      {said && <output className="quiet-text">{said}</output>}
    </section>
  );
}

/** So many examples from the picked one on, as far as there are some. */
function chosen(facts: Facts, size: number): ExampleChoice {
  const { index, part } = viewsStore.getState();
  const own = partShown(facts, part);
  const count = facts.counts[own] ?? 1;
  const first = Math.max(0, Math.min(index, count - size));
  const length = Math.min(size, count);
  return { from: 'data', part: own, indices: Array.from({ length }, (_, at) => first + at) };
}

import { Dices } from 'lucide-react';
import { useStore } from 'zustand';
import type { Facts, PartName } from '#train';
import { views } from '../../strings/en-views.ts';
import { PartChoice } from './PartChoice.tsx';
import { viewsStore } from './views-store.ts';

const text = views.try;

interface ExamplePickProps {
  readonly facts: Facts | undefined;
  readonly part: PartName;
}

/** Which example of the data. */
export function ExamplePick({ facts, part }: ExamplePickProps) {
  const index = useStore(viewsStore, (state) => state.index);
  const count = facts?.counts[part] ?? 1;
  const pick = (next: number) => viewsStore.setState({ index: next, picked: true });
  return (
    <div className="example-pick">
      <PartChoice facts={facts} part={part} />
      <input
        type="number"
        className="text-field numeric"
        aria-label={text.example}
        min={0}
        max={count - 1}
        value={Math.min(index, count - 1)}
        onChange={({ target }) => {
          const next = Math.floor(Number(target.value));
          if (next >= 0 && next < count) pick(next);
        }}
      />
      <span className="quiet-text numeric">{text.of(count)}</span>
      <button
        type="button"
        className="button icon"
        aria-label={text.random}
        title={text.random}
        onClick={() => pick(Math.floor(Math.random() * count))}
      >
        <Dices size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

import { Maximize2, Minimize2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { views as text } from '../../strings/en-views.ts';
import type { TrainingControl } from '../control.ts';
import { TrainingCurves } from '../TrainingCurves.tsx';
import { ConfusionView } from './ConfusionView.tsx';
import { DistributionsView } from './DistributionsView.tsx';
import { MistakesView } from './MistakesView.tsx';
import { NormsView } from './NormsView.tsx';
import { OptimizerView } from './OptimizerView.tsx';
import { RegionsView } from './RegionsView.tsx';
import { TraceBar } from './TraceBar.tsx';
import { TryView } from './TryView.tsx';
import { useHistory } from './use-history.ts';
import { type ViewName, viewNames, viewsStore } from './views-store.ts';
import { WeightsView } from './WeightsView.tsx';
import './views.css';

interface ViewProps {
  readonly control: TrainingControl;
}

const shown: Readonly<Record<ViewName, (props: ViewProps) => React.ReactNode>> = {
  curves: TrainingCurves,
  distributions: DistributionsView,
  norms: NormsView,
  optimizer: OptimizerView,
  confusion: ConfusionView,
  mistakes: MistakesView,
  weights: WeightsView,
  regions: RegionsView,
  try: TryView,
};

/** The pictures of a run, one at a time: but for the spreads, what is not looked at is not computed. */
export function TrainingViews({ control }: ViewProps) {
  const { view, large } = useStore(viewsStore);
  useHistory(control, view);
  const Shown = shown[view];
  return (
    <div className="training-views" data-large={large}>
      <nav className="views-head" aria-label={text.label}>
        <Tabs view={view} />
        <button
          type="button"
          className="button icon quiet"
          aria-label={large ? text.smaller : text.larger}
          title={large ? text.smaller : text.larger}
          onClick={() => viewsStore.setState({ large: !large })}
        >
          {large ? (
            <Minimize2 size={16} aria-hidden="true" />
          ) : (
            <Maximize2 size={16} aria-hidden="true" />
          )}
        </button>
      </nav>
      {view === 'curves' ? (
        <TrainingCurves control={control} />
      ) : (
        <aside className="view" aria-label={text.names[view]} data-testid={`view-${view}`}>
          <div role="tabpanel" aria-label={text.names[view]}>
            <Shown control={control} />
          </div>
        </aside>
      )}
      <TraceBar control={control} />
    </div>
  );
}

function Tabs({ view }: { readonly view: ViewName }) {
  const go = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = { Home: 0, End: viewNames.length - 1 }[event.key];
    if (by === undefined && to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = to ?? viewNames.indexOf(view) + (by ?? 0);
    const next = viewNames[(at + viewNames.length) % viewNames.length];
    if (!next) return;
    viewsStore.setState({ view: next });
    const tabs = event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]');
    tabs[viewNames.indexOf(next)]?.focus();
  };
  return (
    <div className="view-tabs" role="tablist" aria-label={text.label} onKeyDown={go}>
      {viewNames.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === view}
          tabIndex={name === view ? 0 : -1}
          onClick={() => viewsStore.setState({ view: name })}
        >
          {text.names[name]}
        </button>
      ))}
    </div>
  );
}

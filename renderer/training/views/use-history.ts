import { useEffect } from 'react';
import type { TrainingControl } from '../control.ts';
import type { ViewName } from './views-store.ts';

/** Milliseconds between two looks at a run that nobody looks into. */
const betweenLooks = 2000;

/** The views that see to their history themselves, more often. */
const seeing: readonly ViewName[] = ['distributions', 'norms'];

/** While a run goes on, its spreads are asked for also where they are not on show: their history has no gaps. */
export function useHistory(control: TrainingControl, view: ViewName): void {
  const { looker } = control;
  useEffect(() => {
    if (seeing.includes(view)) return;
    const look = () => {
      const subject = looker.subject();
      if (document.hidden || subject?.kind !== 'run' || !subject.going) return;
      void looker.ask({ kind: 'spreads' });
    };
    const timer = setInterval(look, betweenLooks);
    return () => clearInterval(timer);
  }, [looker, view]);
}

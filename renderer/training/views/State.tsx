import type { ReactNode } from 'react';
import { useEditor } from '../../store/index.ts';
import { views as text } from '../../strings/en-views.ts';
import type { TrainingControl } from '../control.ts';
import { useTraining } from '../use-view.ts';

interface StateProps {
  readonly control: TrainingControl;
  readonly seen:
    | { readonly step: number | undefined; readonly answer?: object; readonly refused?: string }
    | undefined;
  /** Shown where there is an answer. */
  readonly children: ReactNode;
}

/** What is seen of a net, or one sentence why there is nothing. */
export function State({ control, seen, children }: StateProps) {
  const hasData = useTraining(control, (view) => view.dataset !== undefined);
  const hasLoss = useEditor(({ editor }) => editor.document.loss !== undefined);
  if (seen?.answer) return children;
  const sentence = !hasLoss
    ? text.needsLoss
    : !hasData
      ? text.needsData
      : (seen?.refused ?? text.waiting);
  return <p className="quiet-text view-state">{sentence}</p>;
}

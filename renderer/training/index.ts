import { type ComponentType, createElement, lazy, use } from 'react';
import type { TrainingControl } from './control.ts';
import type { LateTraining } from './late.ts';

export { LateTraining } from './late.ts';
export { runsDialog } from './runs/runs-dialog.ts';

type Parts = typeof import('./parts.ts');

/** A part of training as it stands in the window: it comes, and training with it, when it is first shown. */
function late(pick: (parts: Parts) => ComponentType<{ readonly control: TrainingControl }>) {
  return lazy(async () => {
    const part = pick(await import('./parts.ts'));
    return {
      default: ({ training }: { readonly training: LateTraining }) =>
        createElement(part, { control: use(training.load()) }),
    };
  });
}

export const RunsDialog = late((parts) => parts.RunsDialog);
export const TrainingBar = late((parts) => parts.TrainingBar);
export const TrainingSettings = late((parts) => parts.TrainingSettings);
export const TrainingViews = late((parts) => parts.TrainingViews);

import { lazy } from 'react';

export { TrainingControl } from './control.ts';
export { runsDialog } from './runs/runs-dialog.ts';

/** What is not needed for the first picture comes after it: charts, settings and pictures of the net. */
const parts = () => import('./parts.ts');

export const RunsDialog = lazy(async () => ({ default: (await parts()).RunsDialog }));
export const TrainingBar = lazy(async () => ({ default: (await parts()).TrainingBar }));
export const TrainingSettings = lazy(async () => ({ default: (await parts()).TrainingSettings }));
export const TrainingViews = lazy(async () => ({ default: (await parts()).TrainingViews }));

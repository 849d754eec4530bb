export { TrainingControl } from './control.ts';
export { RunsDialog } from './runs/RunsDialog.tsx';
export { runsDialog } from './runs/runs-dialog.ts';
export { TrainingBar } from './TrainingBar.tsx';
export { TrainingSettings } from './TrainingSettings.tsx';
export { TrainingViews } from './views/TrainingViews.tsx';

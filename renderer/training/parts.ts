export { RunsDialog } from './runs/RunsDialog.tsx';
export { TrainingBar } from './TrainingBar.tsx';
export { TrainingSettings } from './TrainingSettings.tsx';
export { TrainingViews } from './views/TrainingViews.tsx';

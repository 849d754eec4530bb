export { TrainingControl } from './control.ts';
export { TrainingBar } from './TrainingBar.tsx';
export { TrainingCurves } from './TrainingCurves.tsx';
export { TrainingSettings } from './TrainingSettings.tsx';

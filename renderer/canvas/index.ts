export { Canvas } from './Canvas.tsx';
export { beginNaming, takeWire } from './gesture-state.ts';
export { problemsOf, showProblem } from './problem-entries.ts';
export { SeverityIcon } from './SeverityIcon.tsx';
export { frameDrawn, nodesDrawn } from './shown-ids.ts';
export { useFit } from './use-fit.ts';
export { useBringIntoView } from './use-outside.ts';
export { type Show, useShow } from './use-show.ts';
export { wireAt } from './wire-under.ts';

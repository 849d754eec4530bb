export { type Choice, Finder } from './Finder.tsx';
export { FindParts } from './FindParts.tsx';
export { finderStore } from './finder-store.ts';
export { recallPart } from './parts.ts';
export { QuickAdd } from './QuickAdd.tsx';

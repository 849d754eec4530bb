export { addBlock } from './adding.ts';
export { BlockEntries } from './BlockEntries.tsx';
export { blocksStore } from './blocks.ts';
export { saveDialog } from './save-dialog.ts';

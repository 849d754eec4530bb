export { addBlock } from './adding.ts';
export { BlockEntries } from './BlockEntries.tsx';
export { blocksStore } from './blocks.ts';
export { SaveBlockDialog } from './SaveBlockDialog.tsx';
export { saveDialog } from './save-dialog.ts';

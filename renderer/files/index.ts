export { DocumentFiles } from './document-files.ts';
export { MessageDialog } from './MessageDialog.tsx';
export { messageStore } from './messages.ts';

export { DocumentFiles } from './document-files.ts';
export { examples, loadExamples } from './examples.ts';
export { keepRecovery } from './keep-recovery.ts';
export { messageStore } from './messages.ts';

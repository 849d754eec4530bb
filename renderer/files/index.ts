export { DocumentFiles } from './document-files.ts';
export { keepRecovery } from './keep-recovery.ts';
export { MessageDialog } from './MessageDialog.tsx';
export { messageStore } from './messages.ts';
export { RecoveryDialog } from './RecoveryDialog.tsx';
export { VersionsDialog } from './VersionsDialog.tsx';

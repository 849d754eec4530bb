export { exportDialog } from './dialog.ts';
export { ExportDialog } from './ExportDialog.tsx';

export { exportDialog } from './dialog.ts';

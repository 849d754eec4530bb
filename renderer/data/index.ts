export { DataDialog } from './DataDialog.tsx';

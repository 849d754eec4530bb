export { DataDialog } from './DataDialog.tsx';
export { DataSection } from './DataSection.tsx';

import { Dialog } from '@base-ui/react/dialog';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { exporting } from '../strings/en-export.ts';
import { exportDialog } from './dialog.ts';
import './export.css';

/** Everything that writes formats comes when it is first asked for. */
const ExportForm = lazy(async () => ({ default: (await import('./ExportForm.tsx')).ExportForm }));

/** The dialog of File ▸ Export. */
export function ExportDialog() {
  const open = useStore(exportDialog, (state) => state.open);
  return (
    <Dialog.Root open={open} onOpenChange={(is) => exportDialog.setState({ open: is })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog export-dialog" data-testid="export">
          <Dialog.Title className="dialog-title">{exporting.title}</Dialog.Title>
          <Dialog.Description className="quiet-text">{exporting.hint}</Dialog.Description>
          <Suspense fallback={<p className="quiet-text">{exporting.working}</p>}>
            <ExportForm />
          </Suspense>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

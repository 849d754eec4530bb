import { Dialog } from '@base-ui/react/dialog';
import { useStore } from 'zustand';
import { useServices } from '../store/index.ts';
import { blocking } from '../strings/en-blocks.ts';
import { AskForm } from '../ui/AskForm.tsx';
import { saveSelected, titleOfSelected } from './adding.ts';
import { saveDialog } from './save-dialog.ts';

/** Asks for a block's name, and keeps the selection under it. */
export function SaveBlockDialog() {
  const open = useStore(saveDialog, (state) => state.open);
  return (
    <Dialog.Root open={open} onOpenChange={(is) => saveDialog.setState({ open: is })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog" data-testid="save-block">
          <NameForm />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function NameForm() {
  const { store } = useServices();
  return (
    <AskForm
      title={blocking.title}
      hint={blocking.hint}
      label={blocking.name}
      initial={titleOfSelected(store)}
      confirm={blocking.save}
      cancel={blocking.cancel}
      take={(typed) => saveSelected(store, typed)}
      done={() => saveDialog.setState({ open: false })}
    />
  );
}

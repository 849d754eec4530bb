import { Dialog } from '@base-ui/react/dialog';
import { useStore } from 'zustand';
import { mostRepeats } from '#graph';
import { repeatSelected, useServices } from '../store/index.ts';
import { grouping } from '../strings/en-grouping.ts';
import { AskForm } from '../ui/AskForm.tsx';
import { dialogStore } from './dialogs.ts';

/** Asks how often the selected group is repeated. */
export function RepeatDialog() {
  const { shown, open } = useStore(dialogStore);
  return (
    <Dialog.Root open={shown === 'repeat'} onOpenChange={(is) => open(is ? 'repeat' : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog" data-testid="repeat">
          <CountForm />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CountForm() {
  const { store } = useServices();
  return (
    <AskForm
      title={grouping.repeatTitle}
      hint={grouping.repeatHint}
      label={grouping.copies}
      initial="3"
      range={{ min: 2, max: mostRepeats }}
      confirm={grouping.repeatDo}
      cancel={grouping.cancel}
      take={(typed) => repeatSelected(store, Number(typed))}
      done={() => dialogStore.getState().open(null)}
    />
  );
}

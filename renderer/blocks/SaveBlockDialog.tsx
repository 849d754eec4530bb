import { Dialog } from '@base-ui/react/dialog';
import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../store/index.ts';
import { blocking } from '../strings/en-blocks.ts';
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
  const id = useId();
  const [title, setTitle] = useState(() => titleOfSelected(store));
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const refused = saveSelected(store, title);
    if (refused) setProblem(refused);
    else saveDialog.setState({ open: false });
  };
  return (
    <form className="dialog-form" onSubmit={submit}>
      <Dialog.Title className="dialog-title">{blocking.title}</Dialog.Title>
      <Dialog.Description className="quiet-text">{blocking.hint}</Dialog.Description>
      <div className="field">
        <label htmlFor={id}>{blocking.name}</label>
        <input
          id={id}
          className="text-field"
          value={title}
          maxLength={60}
          aria-invalid={problem !== undefined}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => {
            setTitle(target.value);
            setProblem(undefined);
          }}
        />
        {problem && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      <div className="dialog-actions">
        <Dialog.Close className="button">{blocking.cancel}</Dialog.Close>
        <button type="submit" className="button primary">
          {blocking.save}
        </button>
      </div>
    </form>
  );
}

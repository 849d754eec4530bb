import { Dialog } from '@base-ui/react/dialog';
import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { mostRepeats } from '#graph';
import { repeatSelected, useServices } from '../store/index.ts';
import { grouping } from '../strings/en-grouping.ts';
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
  const { open } = dialogStore.getState();
  const id = useId();
  const [count, setCount] = useState('3');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const refused = repeatSelected(store, Number(count));
    if (refused) setProblem(refused);
    else open(null);
  };
  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      <Dialog.Title className="dialog-title">{grouping.repeatTitle}</Dialog.Title>
      <Dialog.Description className="quiet-text">{grouping.repeatHint}</Dialog.Description>
      <div className="field">
        <label htmlFor={id}>{grouping.copies}</label>
        <input
          id={id}
          type="number"
          min={2}
          max={mostRepeats}
          className="text-field"
          value={count}
          aria-invalid={problem !== undefined}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => {
            setCount(target.value);
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
        <Dialog.Close className="button">{grouping.cancel}</Dialog.Close>
        <button type="submit" className="button primary">
          {grouping.repeatDo}
        </button>
      </div>
    </form>
  );
}

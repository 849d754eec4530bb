import { Dialog } from '@base-ui/react/dialog';
import { type FormEvent, useId, useLayoutEffect, useRef, useState } from 'react';

interface AskFormProps {
  readonly title: string;
  readonly hint: string;
  readonly label: string;
  readonly initial: string;
  /** A number rather than a text, from one to another. */
  readonly range?: { readonly min: number; readonly max: number };
  readonly confirm: string;
  readonly cancel: string;
  /** Takes what was typed; a sentence where it does not do. */
  take(typed: string): string | undefined;
  done(): void;
}

/** The inside of a dialog that asks for one thing. */
export function AskForm(props: AskFormProps) {
  const { title, hint, label, initial, range, confirm, cancel, take, done } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // At once, so that no letter typed next is lost: the dialog itself gives the focus a frame later.
  useLayoutEffect(() => input.current?.focus(), []);
  const [typed, setTyped] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const refused = take(typed);
    if (refused) setProblem(refused);
    else done();
  };
  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      <Dialog.Title className="dialog-title">{title}</Dialog.Title>
      <Dialog.Description className="quiet-text">{hint}</Dialog.Description>
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input
          ref={input}
          id={id}
          className="text-field"
          {...(range ? { type: 'number', ...range } : { type: 'text', maxLength: 60 })}
          value={typed}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => {
            setTyped(target.value);
            setProblem(undefined);
          }}
        />
        {problem && (
          <p className="field-problem" id={`${id}-problem`} role="alert">
            {problem}
          </p>
        )}
      </div>
      <div className="dialog-actions">
        <Dialog.Close className="button">{cancel}</Dialog.Close>
        <button type="submit" className="button primary">
          {confirm}
        </button>
      </div>
    </form>
  );
}

import { type ClipboardEvent, useEffect, useId, useState } from 'react';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Takes what was typed; a sentence where it does not do. */
  commit(text: string): string | undefined;
  /** Takes what is pasted instead of the field; a sentence where it does not do. False leaves it to the field. */
  paste?(text: string): string | undefined | false;
}

/** A named text. It takes effect on Enter or when the field is left; Escape takes it back. */
export function TextField({ label, value, placeholder, commit, paste }: TextFieldProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    setText(value);
    setProblem(undefined);
  }, [value]);
  const take = () => {
    if (text !== value) setProblem(commit(text));
  };
  const onPaste = (event: ClipboardEvent) => {
    const said = paste ? paste(event.clipboardData.getData('text/plain')) : false;
    if (said === false) return;
    event.preventDefault();
    setProblem(said);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text-field"
        value={text}
        placeholder={placeholder}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(undefined);
        }}
        onBlur={take}
        onPaste={onPaste}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key !== 'Escape') return;
          setText(value);
          setProblem(undefined);
        }}
      />
      {problem && (
        <p className="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

import { useEffect, useId, useState } from 'react';
import { parseValue } from '../format/parse-value.ts';
import { strings } from '../strings/en.ts';

interface NumberFieldProps {
  readonly label: string;
  /** Null where `empty` holds. */
  readonly value: number | null;
  readonly disabled?: boolean;
  /** Without its name beside it, which only those hear who do not see the table it stands in. */
  readonly bare?: boolean;
  /** A sentence where the number does not do. */
  problemOf(x: number): string | undefined;
  onChange(x: number): void;
  /** For a field that may be empty: what that means, and what happens then. */
  readonly empty?: { readonly text: string; choose(): void };
}

/** A number with its name. It takes effect on Enter or when the field is left; Escape takes it back. */
export function NumberField({
  label,
  value,
  disabled,
  bare = false,
  problemOf,
  onChange,
  empty,
}: NumberFieldProps) {
  const id = useId();
  const [text, setText] = useState(textOf(value));
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    setText(textOf(value));
    setProblem(undefined);
  }, [value]);
  const commit = () => {
    if (empty && text.trim() === '') {
      setProblem(undefined);
      if (value !== null) empty.choose();
      return;
    }
    const parsed = parseValue(text);
    const x =
      parsed.kind === 'value' && parsed.array.shape.length === 0 ? parsed.array.data[0] : undefined;
    const wrong = x === undefined ? strings.values['not-a-number'] : problemOf(x);
    setProblem(wrong);
    if (!wrong && x !== undefined && x !== value) onChange(x);
  };
  return (
    <div className={bare ? 'bare-field' : 'field'}>
      {!bare && <label htmlFor={id}>{label}</label>}
      <input
        id={id}
        aria-label={bare ? label : undefined}
        className="text-field"
        inputMode="decimal"
        value={text}
        placeholder={empty?.text}
        disabled={disabled}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key !== 'Escape') return;
          setText(textOf(value));
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

function textOf(value: number | null): string {
  return value === null ? '' : String(value).replace('-', '−');
}

import { useId } from 'react';

interface ChoiceFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly V[];
  readonly disabled?: boolean;
  textOf(option: V): string;
  onChange(option: V): void;
}

/** One of several, with its name. */
export function ChoiceField<V extends string>({
  label,
  value,
  options,
  disabled,
  textOf,
  onChange,
}: ChoiceFieldProps<V>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="choice"
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {textOf(option)}
          </option>
        ))}
      </select>
    </div>
  );
}

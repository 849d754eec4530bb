interface TabsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly V[];
  textOf(option: V): string;
  onChange(option: V): void;
}

/** One of a few, all in sight. */
export function Tabs<V extends string>({ label, value, options, textOf, onChange }: TabsProps<V>) {
  return (
    <fieldset className="data-tabs" aria-label={label}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === value}
          onClick={() => onChange(option)}
        >
          {textOf(option)}
        </button>
      ))}
    </fieldset>
  );
}

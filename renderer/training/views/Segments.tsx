interface SegmentsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly V[];
  textOf(option: V): string;
  onChange(option: V): void;
}

/** One of a few, all in sight. */
export function Segments<V extends string>({
  label,
  value,
  options,
  textOf,
  onChange,
}: SegmentsProps<V>) {
  return (
    <fieldset className="segments" aria-label={label}>
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

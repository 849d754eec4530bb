import { useId, useState } from 'react';
import { strings } from '../../strings/en.ts';
import { views } from '../../strings/en-views.ts';
import { numbersIn } from './numbers-in.ts';

const text = views.try;

interface NumbersEntryProps {
  readonly count: number;
  onNumbers(values: Float32Array<ArrayBuffer> | undefined): void;
}

/** Numbers to type, with commas or spaces between them. */
export function NumbersEntry({ count, onNumbers }: NumbersEntryProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const change = (next: string) => {
    setTyped(next);
    const values = numbersIn(next);
    const wrong =
      next.trim() === ''
        ? undefined
        : values === undefined
          ? strings.values['not-a-number']
          : values.length === count
            ? undefined
            : text.numbersCount(count, values.length);
    setProblem(wrong);
    onNumbers(wrong === undefined && values?.length === count ? values : undefined);
  };
  return (
    <div className="numbers-entry">
      <label htmlFor={id}>{text.numbersLabel(count)}</label>
      <textarea
        id={id}
        className="numeric"
        rows={Math.min(6, Math.ceil(count / 8) + 1)}
        value={typed}
        aria-invalid={problem !== undefined}
        onChange={({ target }) => change(target.value)}
      />
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

import { useState } from 'react';
import type { NdArray } from '#tensor';
import { tableText } from '../format/parse-table.ts';
import { formatBadge, rangeOf } from '../format/tensors.ts';
import { useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { copyText } from '../ui/copy-text.ts';
import { HeatMap } from '../ui/HeatMap.tsx';

interface LargeValueProps {
  readonly label: string;
  readonly array: NdArray;
  readonly batched: boolean;
  clear(): void;
}

/** A value with too many numbers to edit one by one: its picture and its range. */
export function LargeValue({ label, array, batched, clear }: LargeValueProps) {
  const numbers = useNumbers();
  const [said, setSaid] = useState('');
  const { shape, data } = array;
  const badge = formatBadge({ batched, shape: batched ? shape.slice(1) : shape, data: array });
  const { low, high } = rangeOf(array);
  const columns = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  const copy = () => {
    const taken = copyText(tableText({ rows: data.length / columns, columns, data }));
    setSaid(taken ? inspecting.table.copied : inspecting.table.copyFailed);
  };
  return (
    <div className="large-value">
      <span className="field-name">{label}</span>
      <HeatMap array={array} tone="value" width={264} height={96} />
      <p className="quiet-text">
        {inspecting.large(badge, data.length)}{' '}
        {inspecting.range(numbers.format(low), numbers.format(high))}
      </p>
      <div className="actions">
        <button type="button" className="button" onClick={copy}>
          {inspecting.table.copy}
        </button>
        <button type="button" className="button" onClick={clear}>
          {strings.inspector.clear}
        </button>
      </div>
      {said && <output className="quiet-text">{said}</output>}
    </div>
  );
}

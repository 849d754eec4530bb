import type { NdArray } from '#tensor';
import { formatBadge, rangeOf } from '../format/tensors.ts';
import { useNumbers } from '../store/index.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { HeatMap } from '../ui/HeatMap.tsx';
import { GridHead } from './GridTools.tsx';

interface LargeValueProps {
  readonly label: string;
  readonly array: NdArray;
  readonly batched: boolean;
  clear(): void;
}

/** A value with too many numbers to edit one by one: its picture and its range. */
export function LargeValue({ label, array, batched, clear }: LargeValueProps) {
  const numbers = useNumbers();
  const { shape, data } = array;
  const badge = formatBadge({ batched, shape: batched ? shape.slice(1) : shape, data: array });
  const { low, high } = rangeOf(array);
  const columns = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  return (
    <div className="value-grid-box">
      <GridHead
        label={label}
        table={{ rows: data.length / columns, columns, data }}
        clear={clear}
      />
      <HeatMap array={array} tone="value" width={256} height={96} />
      <p className="quiet-text">
        {inspecting.large(badge, data.length)}{' '}
        {inspecting.range(numbers.format(low), numbers.format(high))}
      </p>
    </div>
  );
}

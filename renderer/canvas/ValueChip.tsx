import type { ReactNode } from 'react';
import type { ArrayValue, NdArray } from '#tensor';
import { knownNorm } from '../format/magnitude.ts';
import { formatNumber } from '../format/numbers.ts';
import { formatBadge, isSingle, rangeOf, singleNumber } from '../format/tensors.ts';
import { useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { HeatMap } from '../ui/HeatMap.tsx';
import { NumberCells } from './NumberCells.tsx';
import { numberGrid } from './number-grid.ts';
import { useCompact } from './use-far.ts';

interface ValueChipProps {
  readonly value: ArrayValue | undefined;
  /** Null where none passes, undefined where it is not known yet. */
  readonly gradient: ArrayValue | null | undefined;
  /** Whether there is a gradient to speak of. */
  readonly hasGradient: boolean;
  readonly why?: string | undefined;
  /** Stands in place of a gradient that is asked for, or in the making. */
  readonly instead?: ReactNode;
  /** Stands behind the gradient. */
  readonly mark?: ReactNode;
}

/** Value above, gradient below: as at the blackboard. */
export function ValueChip({ value, gradient, hasGradient, why, instead, mark }: ValueChipProps) {
  const form = value ?? gradient;
  const compact = useCompact();
  const isTensor = form !== undefined && form !== null && !isSingle(form);
  return (
    <div
      className="value-chip"
      data-tensor={isTensor}
      data-compact={isTensor && compact}
      data-batched={form?.batched ?? false}
    >
      {isTensor && <span className="badge">{formatBadge(form)}</span>}
      <span className="value numeric" data-unknown={!value}>
        <Entry value={value} tone="value" />
      </span>
      {hasGradient && (
        <span
          className="gradient numeric"
          data-unknown={gradient === undefined && !instead}
          title={why}
        >
          {instead ?? <Entry value={gradient} tone="gradient" />}
          {mark}
        </span>
      )}
    </div>
  );
}

interface EntryProps {
  readonly value: ArrayValue | null | undefined;
  readonly tone: 'value' | 'gradient';
}

function Entry({ value, tone }: EntryProps) {
  const numbers = useNumbers();
  const compact = useCompact();
  if (value === undefined) return strings.canvas.unknown;
  if (value === null) return strings.canvas.noGradient;
  if (isSingle(value)) return numbers.format(singleNumber(value));
  if (compact) return <HeatMap array={value.data} tone={tone} width={40} height={18} />;
  const grid = numberGrid(value.data, numbers);
  if (grid) return <NumberCells array={value.data} grid={grid} tone={tone} />;
  return (
    <>
      <HeatMap array={value.data} tone={tone} width={44} height={26} />
      <span className="extent">
        <span className="norm">‖{numbers.format(knownNorm(value.data), 3)}‖</span>
        <span className="range">{rangeText(value.data)}</span>
      </span>
    </>
  );
}

/** `−0.5…1.2`: smallest and largest entry, or the one that all are. There is room for two digits each. */
function rangeText(array: NdArray): string {
  const { low, high } = rangeOf(array);
  if (array.data.some(Number.isNaN)) return formatNumber(Number.NaN);
  const [least, most] = [formatNumber(low, 2), formatNumber(high, 2)];
  return least === most ? strings.canvas.all(least) : `${least}…${most}`;
}

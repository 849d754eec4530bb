import type { ArrayValue } from '#tensor';
import { formatBadge, isSingle, singleNumber } from '../format/tensors.ts';
import { useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { HeatMap } from '../ui/HeatMap.tsx';

/** A value in one line: a number, or a heat map with its shape; “?” where it is not known yet. */
export function ShortValue({ value }: { readonly value: ArrayValue | undefined }) {
  const numbers = useNumbers();
  if (!value) return <span className="value numeric unknown">{strings.canvas.unknown}</span>;
  if (isSingle(value)) {
    return <span className="value numeric">{numbers.format(singleNumber(value))}</span>;
  }
  return (
    <span className="short-tensor">
      <HeatMap array={value.data} tone="value" width={40} height={20} />
      <span className="badge">{formatBadge(value)}</span>
    </span>
  );
}

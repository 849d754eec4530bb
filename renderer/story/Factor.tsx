import type { ArrayValue } from '#tensor';
import { formatBadge, isSingle, normOf, singleNumber } from '../format/tensors.ts';
import { useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { HeatMap } from '../ui/HeatMap.tsx';
import { CopyButton } from './CopyButton.tsx';

interface FactorProps {
  readonly label: string;
  readonly tone: 'local' | 'gradient';
  readonly hot?: boolean;
  /** Null where none passes, a word where it has no short form, undefined where it is not known yet. */
  readonly value: ArrayValue | string | null | undefined;
}

/** One card of the wire's story: a number, or a tensor in the small. */
export function Factor({ label, tone, hot = false, value }: FactorProps) {
  const array = value && typeof value === 'object' ? value.data : undefined;
  return (
    <div className="factor" data-hot={hot} data-testid={`factor-${label}`}>
      <FactorValue tone={tone} value={value} />
      <span className="factor-label">
        {label}
        {array && <CopyButton array={array} what={label} />}
      </span>
    </div>
  );
}

function FactorValue({ tone, value }: Pick<FactorProps, 'tone' | 'value'>) {
  const numbers = useNumbers();
  if (value === undefined)
    return <span className={`factor-word ${tone}`}>{strings.canvas.unknown}</span>;
  if (value === null)
    return <span className={`factor-word ${tone}`}>{strings.canvas.noGradient}</span>;
  if (typeof value === 'string') return <span className={`factor-word ${tone}`}>{value}</span>;
  if (isSingle(value)) {
    const text = numbers.format(singleNumber(value));
    return (
      <span
        className={`factor-number numeric ${tone}`}
        data-long={text.length > 8 ? 'most' : text.length > 6 ? 'very' : text.length > 4}
      >
        {text}
      </span>
    );
  }
  return (
    <>
      <HeatMap array={value.data} tone={tone} width={72} height={44} />
      <span className={`factor-norm numeric ${tone}`}>
        ‖{numbers.format(normOf(value.data), 3)}‖
      </span>
      <span className="badge">{formatBadge(value)}</span>
    </>
  );
}

import type { GradientCheck } from '#diagnose';
import { useCheck } from '../check/index.ts';
import { formatNumber } from '../format/numbers.ts';
import { useEditor } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';

const text = insight.check;

/** “numeric check 4.000000 ✓”: what wiggling the value says about the gradient here. A row of `facts`. */
export function CheckLine({ place }: { readonly place: string }) {
  const check = useCheck(place);
  // Numbers rounded like the blackboard are not the derivatives that wiggling finds.
  const rounded = useEditor(({ trace }) => trace.rounded !== undefined);
  if (rounded) return null;
  return (
    <>
      <dt>{text.label}</dt>
      <dd
        className="check"
        data-verdict={check?.verdict}
        data-testid="numeric-check"
        title={check && checkHint(check)}
      >
        {check ? checkText(check) : text.pending}
      </dd>
    </>
  );
}

/** Six digits behind the point, as gradient checks are printed; very small and very large ones by their exponent. */
export function precise(x: number): string {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size >= 1e6 || (size > 0 && size < 1e-3)) return formatNumber(x, 7);
  // A −0.000000 would be no news.
  return (Math.round(x * 1e6) / 1e6 || 0).toFixed(6).replace('-', '−');
}

function checkText({ verdict, numeric, analytic, checked, entries }: GradientCheck): string {
  switch (verdict) {
    case 'agrees':
      return entries === 1 ? text.agrees(precise(numeric)) : text.entries(checked, entries);
    case 'mismatch':
      return text.mismatch(precise(numeric), precise(analytic));
    default:
      return text[verdict];
  }
}

export function checkHint({ verdict, difference }: GradientCheck): string {
  if (verdict === 'kink' || verdict === 'not-finite') return text.hint[verdict];
  return text.hint[verdict](formatNumber(difference, 2));
}

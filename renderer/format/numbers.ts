/**
 * Numbers as a person reads them. Only display rounds: nothing here is ever computed with.
 */

const significant = 4;

/** `−0.1966`, `20`, `3.1e−6`, `∞`: at most four significant digits, with a true minus. */
export function formatNumber(x: number, digits = significant): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size >= 1e7 || size < 1e-3) return minus(exponential(x, digits));
  const rounded = Number(x.toPrecision(digits));
  // Whole numbers keep all their digits: 50,000 examples are not 5.000e4.
  return minus(size >= 10 ** digits ? String(Math.round(x)) : String(rounded));
}

/** The same, in parentheses where a minus would stand behind an operator. */
export function formatOperand(x: number): string {
  const text = formatNumber(x);
  return text.startsWith('−') ? `(${text})` : text;
}

/** `96.4 %`. */
export function formatPercent(share: number): string {
  return `${minus((share * 100).toFixed(1))} %`;
}

/** `12,400`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en');
}

function exponential(x: number, digits: number): string {
  const [mantissa = '', exponent = ''] = x.toExponential(digits - 1).split('e');
  return `${Number(mantissa)}e${exponent.replace('+', '')}`;
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}

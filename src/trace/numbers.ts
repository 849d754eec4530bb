import { roundDecimals } from './rounding.ts';

/**
 * Numbers as a person reads them. Only display rounds: nothing here is ever computed with.
 */

/** How the numbers of a graph are shown. */
export interface NumberDisplay {
  /** Digits that count, wherever the point stands, or digits behind the point. */
  readonly by: 'significant' | 'decimals';
  readonly digits: number;
  /** Every number is rounded before it is used, as at the blackboard. Only with decimals. */
  readonly blackboard: boolean;
}

export const defaultDisplay: NumberDisplay = { by: 'significant', digits: 4, blackboard: false };

/** The digits that can be chosen. */
export const digitChoices = {
  significant: [2, 3, 4, 5, 6, 8],
  decimals: [1, 2, 3, 4, 6, 8],
} as const;

/** Where one starts with digits of this kind. Only decimals can be those of a blackboard. */
export function displayBy(by: NumberDisplay['by']): NumberDisplay {
  return { by, digits: by === 'decimals' ? 2 : 4, blackboard: false };
}

/** Blackboards keep decimals: two, unless decimals were chosen already. */
export function blackboard(display: NumberDisplay, on: boolean): NumberDisplay {
  const base = display.by === 'decimals' || !on ? display : displayBy('decimals');
  return { ...base, blackboard: on };
}

/** Writes the numbers of a graph as chosen. */
export class Numbers {
  readonly display: NumberDisplay;

  constructor(display: NumberDisplay) {
    this.display = display;
  }

  /**
   * `−0.1966`, `20`, `3.1e−6`, `∞`, with a true minus.
   * @param most significant digits where room is scarce; decimals stay as chosen
   */
  format(x: number, most = Number.POSITIVE_INFINITY): string {
    const { by, digits } = this.display;
    return by === 'decimals' ? formatDecimals(x, digits) : formatNumber(x, Math.min(digits, most));
  }

  /** The same, in parentheses where a minus would stand behind an operator. */
  operand(x: number): string {
    const text = this.format(x);
    return text.startsWith('−') ? `(${text})` : text;
  }
}

/**
 * `−0.20`, `20`, `0.003`: whole numbers as they are, others with that many decimals, and one digit that
 * counts where those would only show zeros.
 */
export function formatDecimals(x: number, decimals: number): string {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size >= 1e7) return formatNumber(x);
  const whole = Math.round(x);
  // Nothing but the rounding of floating point lies between.
  if (Math.abs(x - whole) <= 1e-12 * size) return minus(String(whole || 0));
  const rounded = roundDecimals(x, decimals);
  if (Number(rounded.toFixed(decimals)) === 0) return formatNumber(rounded, 1);
  return minus(rounded.toFixed(decimals));
}

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

/** `96.4 %`. */
export function formatPercent(share: number): string {
  return `${minus((share * 100).toFixed(1))} %`;
}

/** `12,400`. By hand: the system's own tables of how numbers are written take long to come. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

function exponential(x: number, digits: number): string {
  const [mantissa = '', exponent = ''] = x.toExponential(digits - 1).split('e');
  return `${Number(mantissa)}e${exponent.replace('+', '')}`;
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}

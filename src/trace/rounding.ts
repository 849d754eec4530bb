import type { ArrayValue } from '#tensor';

/**
 * A number as a blackboard keeps it: to so many decimals, but never rounded away to nothing: what
 * would become 0 keeps one digit that counts. Infinities and NaN stay.
 */
export function roundDecimals(x: number, decimals: number): number {
  if (!Number.isFinite(x)) return x;
  const rounded = fixed(x, decimals);
  if (rounded !== 0 || x === 0) return rounded;
  const digit = Number(x.toPrecision(1));
  // 0.0049 becomes 0.005, which would be 0.01 when it is rounded once more: then at once.
  return fixed(digit, decimals) || digit;
}

function fixed(x: number, decimals: number): number {
  // Without the sign of a zero.
  return Number(x.toFixed(decimals)) || 0;
}

/** The same for every entry of a value; the value itself where nothing changes. */
export function roundValue(value: ArrayValue, decimals: number): ArrayValue {
  const { data, shape } = value.data;
  const rounded = data.map((x) => roundDecimals(x, decimals));
  if (rounded.every((x, at) => Object.is(x, data[at]))) return value;
  return { ...value, data: { shape, data: rounded } };
}

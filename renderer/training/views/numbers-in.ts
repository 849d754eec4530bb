import { parseValue } from '../../format/parse-value.ts';

/** The numbers of a text; undefined where there is something else in it. */
export function numbersIn(typed: string): Float32Array<ArrayBuffer> | undefined {
  const words = typed.split(/[\s,;[\]]+/).filter(Boolean);
  const values = words.map((word) => {
    const parsed = parseValue(word);
    return parsed.kind === 'value' && parsed.array.shape.length === 0
      ? (parsed.array.data[0] ?? Number.NaN)
      : Number.NaN;
  });
  return values.every(Number.isFinite) ? Float32Array.from(values) : undefined;
}

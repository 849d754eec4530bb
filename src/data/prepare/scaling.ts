import { sizeOf } from '#tensor';
import { type Field, firstEntries, type Transform } from '../data-set.ts';
import type { DataSettings } from '../settings.ts';

/** What is known of a group of numbers: one entry of the examples, or all of a channel. */
interface Statistics {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What brings the field to its scale, by the examples that it holds: those that are trained on. */
export function transformOf(
  field: Field,
  { scaling, per }: Pick<DataSettings, 'scaling' | 'per'>,
): Transform | undefined {
  const { fixed, gaps } = field;
  if (scaling === 'none' && !gaps) return undefined;
  const width = sizeOf(field.shape);
  const channels = per === 'channel' && field.shape.length > 1 ? (field.shape.at(-1) ?? 1) : width;
  const { mean, deviation, low, high } = statisticsOf(field, width, channels);
  const center = new Float32Array(width);
  const factor = new Float32Array(width);
  const fill = new Float32Array(width);
  for (let at = 0; at < width; at++) {
    const group = at % channels;
    const [middle, spread] = {
      none: [0, 1] as const,
      mean: [mean[group] ?? 0, 1] as const,
      standard: [mean[group] ?? 0, deviation[group] ?? 1] as const,
      'min-max': [low[group] ?? 0, (high[group] ?? 1) - (low[group] ?? 0)] as const,
    }[fixed?.[at] ? 'none' : scaling];
    // What is the same in all examples is not divided by nothing.
    factor[at] = spread > 0 ? 1 / spread : 1;
    center[at] = middle;
    fill[at] = ((mean[group] ?? 0) - middle) * (factor[at] as number);
  }
  return { center, factor, ...(gaps ? { fill } : {}) };
}

/** In two passes, so that numbers far from 0 lose nothing; missing values do not count. */
function statisticsOf(field: Field, width: number, channels: number): Statistics {
  const { values, scale, count } = field;
  const counts = new Float64Array(channels);
  const mean = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const low = new Float64Array(channels).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY);
  const first = firstEntries(field);
  for (let example = 0; example < count; example++) {
    const start = first(example);
    for (let at = 0; at < width; at++) {
      const value = values[start + at] as number;
      if (Number.isNaN(value)) continue;
      const group = at % channels;
      counts[group] = (counts[group] as number) + 1;
      mean[group] = (mean[group] as number) + value;
      if (value < (low[group] as number)) low[group] = value;
      if (value > (high[group] as number)) high[group] = value;
    }
  }
  for (let group = 0; group < channels; group++) {
    mean[group] = (mean[group] as number) / Math.max(1, counts[group] as number);
  }
  for (let example = 0; example < count; example++) {
    const start = first(example);
    for (let at = 0; at < width; at++) {
      const value = values[start + at] as number;
      if (Number.isNaN(value)) continue;
      const group = at % channels;
      squares[group] = (squares[group] as number) + (value - (mean[group] as number)) ** 2;
    }
  }
  const deviation = squares.map((sum, group) => Math.sqrt(sum / Math.max(1, counts[group] ?? 1)));
  for (const part of [mean, deviation, low, high]) {
    for (let group = 0; group < channels; group++) part[group] = (part[group] as number) * scale;
  }
  return { mean, deviation, low, high };
}

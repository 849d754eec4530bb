import type { WireId } from '#graph';
import type { Registry } from '#ops';
import { filled, type NdArray } from '#tensor';
import { ruleAt } from './rule-at.ts';
import type { Trace } from './trace.ts';

/** d output / d input in full, in denominator layout: dL/dx = Jacobian · dL/dy. */
export interface Jacobian {
  /** A row for each entry of the input, a column for each entry of the output. */
  readonly matrix: NdArray;
  /** Entries of the input and of the output; the matrix may hold only the first of each. */
  readonly rows: number;
  readonly columns: number;
}

/**
 * The local gradient of the node a wire enters with respect to that wire, by its backward rule applied
 * to unit vectors, at most `most` × `most` of it. Entries count row-major, the batch's axis included.
 * Null where there are no values, or no gradient passes.
 */
export function jacobian(
  trace: Trace,
  registry: Registry,
  wire: WireId,
  most = Number.POSITIVE_INFINITY,
): Jacobian | null {
  const rule = ruleAt(trace, registry, wire);
  if (!rule) return null;
  const { output } = rule;
  const rows = rule.input.data.data.length;
  const columns = output.data.data.length;
  const [height, width] = [Math.min(rows, most), Math.min(columns, most)];
  const matrix = filled([height, width], 0);
  for (let column = 0; column < width; column++) {
    const upstream = { ...output, data: filled(output.data.shape, 0) };
    upstream.data.data[column] = 1;
    const gradient = rule.backward(upstream);
    if (!gradient) return null;
    for (let row = 0; row < height; row++) {
      matrix.data[row * width + column] = gradient.data.data[row] ?? 0;
    }
  }
  return { matrix, rows, columns };
}

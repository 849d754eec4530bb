import { type ArrayValue, sizeOf } from '#tensor';
import { type Grid, matrixGrid } from './grid.ts';
import type { Links, LinkTerm } from './links.ts';

/** One example: left [rows, inner] · right [inner, columns] = [rows, columns]. */
interface Product {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/**
 * The links of a product of matrices, local · upstream (`left`) or upstream · local (`right`). Where
 * the result is shared by a batch, the examples lie along the inner axis: they are summed with it.
 */
export function matrixLinks(
  side: 'left' | 'right',
  upstream: ArrayValue,
  local: ArrayValue,
  result: ArrayValue,
): Links {
  const first = side === 'left' ? 'local' : 'upstream';
  const [left, right] = side === 'left' ? [local, upstream] : [upstream, local];
  const product = productOf(side, upstream, local, result);
  const { rows, inner, columns } = product;
  const batch = upstream.batched ? upstream : local.batched ? local : undefined;
  const examples = batch ? (batch.data.shape[0] ?? 1) : 1;
  const summed = !result.batched;
  const grids = {
    left: matrixGrid(left, rows, inner, summed ? 'across' : 'down'),
    right: matrixGrid(right, inner, columns, summed ? 'down' : 'across'),
    // Beside each other where the factor with the examples stands on the right.
    result: matrixGrid(result, rows, columns, right.batched ? 'across' : 'down'),
  } satisfies Record<string, Grid>;
  return {
    kind: 'matrix',
    first,
    local: side === 'left' ? grids.left : grids.right,
    upstream: side === 'left' ? grids.right : grids.left,
    result: grids.result,
    terms: (at) => {
      const size = rows * columns;
      const within = at % size;
      const row = Math.floor(within / columns);
      const column = within % columns;
      const terms: LinkTerm[] = [];
      for (let example = 0; example < examples; example++) {
        if (!summed && batch && example !== Math.floor(at / size)) continue;
        for (let k = 0; k < inner; k++) {
          const l = (left.batched ? example * rows * inner : 0) + row * inner + k;
          const r = (right.batched ? example * inner * columns : 0) + k * columns + column;
          terms.push(side === 'left' ? { local: l, upstream: r } : { local: r, upstream: l });
        }
      }
      return terms;
    },
  };
}

/** A vector is a row or a column, whichever the lengths of the others ask for. */
function productOf(
  side: 'left' | 'right',
  upstream: ArrayValue,
  local: ArrayValue,
  result: ArrayValue,
): Product {
  const size = sizeOf(local.shape);
  const [a = 1, b = 1] = upstream.shape;
  const matrix = upstream.shape.length === 2;
  if (result.shape.length === 2) {
    const [rows = 1, columns = 1] = result.shape;
    return { rows, columns, inner: size / (side === 'left' ? rows : columns) };
  }
  if (side === 'left') {
    return { rows: size / a, inner: a, columns: matrix ? b : 1 };
  }
  return matrix
    ? { rows: a, inner: b, columns: size / b }
    : { rows: 1, inner: a, columns: size / a };
}

import type { NdArray } from '../nd-array.ts';

/** The inverse of each matrix, by Gauss–Jordan elimination with partial pivoting; a singular one gives ±∞ and NaN. */
export function inverse(x: NdArray): NdArray {
  const n = x.shape.at(-1) ?? 1;
  const data = new Float64Array(x.data.length);
  for (let start = 0; start < data.length; start += n * n) {
    const left = rowsOf(x, start, n);
    const right = left.map((_, i) =>
      Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)),
    );
    for (let column = 0; column < n; column++) {
      pivot(left, column, (i, j) => swap(right, i, j));
      const pivotRow = left[column] as Float64Array;
      const pivotRight = right[column] as Float64Array;
      const scale = 1 / (pivotRow[column] as number);
      for (let j = 0; j < n; j++) {
        pivotRow[j] = (pivotRow[j] as number) * scale;
        pivotRight[j] = (pivotRight[j] as number) * scale;
      }
      for (let i = 0; i < n; i++) {
        const factor = left[i]?.[column] as number;
        if (i === column || factor === 0) continue;
        subtract(left[i] as Float64Array, pivotRow, factor);
        subtract(right[i] as Float64Array, pivotRight, factor);
      }
    }
    right.forEach((row, i) => {
      data.set(row, start + i * n);
    });
  }
  return { shape: x.shape, data };
}

/** ln|det| of each matrix, as the sum of the logarithms of the pivots; −∞ for a singular one. */
export function logAbsDet(x: NdArray): NdArray {
  const n = x.shape.at(-1) ?? 1;
  const shape = x.shape.slice(0, -2);
  const data = new Float64Array(x.data.length / (n * n));
  for (let s = 0; s < data.length; s++) {
    const rows = rowsOf(x, s * n * n, n);
    let total = 0;
    for (let column = 0; column < n; column++) {
      pivot(rows, column);
      const pivotRow = rows[column] as Float64Array;
      const entry = pivotRow[column] as number;
      total += Math.log(Math.abs(entry));
      if (entry === 0) break;
      for (let i = column + 1; i < n; i++) {
        subtract(rows[i] as Float64Array, pivotRow, (rows[i]?.[column] as number) / entry);
      }
    }
    data[s] = total;
  }
  return { shape, data };
}

function rowsOf(x: NdArray, start: number, n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => x.data.slice(start + i * n, start + (i + 1) * n));
}

/** Brings the largest entry of the column, from the diagonal down, to the diagonal. */
function pivot(
  rows: Float64Array[],
  column: number,
  also: (i: number, j: number) => void = () => {},
): void {
  let best = column;
  for (let i = column + 1; i < rows.length; i++) {
    if (Math.abs(rows[i]?.[column] as number) > Math.abs(rows[best]?.[column] as number)) best = i;
  }
  if (best === column) return;
  swap(rows, column, best);
  also(column, best);
}

function swap(rows: Float64Array[], i: number, j: number): void {
  [rows[i], rows[j]] = [rows[j] as Float64Array, rows[i] as Float64Array];
}

function subtract(row: Float64Array, other: Float64Array, factor: number): void {
  for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) - factor * (other[j] as number);
}

import type { NdArray } from '../nd-array.ts';
import { primitiveShape } from '../primitive-shape.ts';
import { sizeOf } from '../shape.ts';
import { zeros } from './zeros.ts';

/** [m,k]·[k,n], each factor transposed first if asked; a leading axis stacks products. */
export function matmul(a: NdArray, b: NdArray, transposeA: boolean, transposeB: boolean): NdArray {
  const shape = primitiveShape({ op: 'matmul', transposeA, transposeB }, [a.shape, b.shape]);
  const [m = 1, n = 1] = shape.slice(-2);
  const k = (transposeA ? a.shape.at(-2) : a.shape.at(-1)) ?? 1;
  const stack = sizeOf(shape.slice(0, -2));
  const data = zeros(shape);
  const aStep = sizeOf(a.shape.slice(0, -2)) === 1 ? 0 : m * k;
  const bStep = sizeOf(b.shape.slice(0, -2)) === 1 ? 0 : k * n;
  // Strides along the rows and the inner axis of A, and along the inner axis and the columns of B.
  const [ai, ak] = transposeA ? [1, m] : [k, 1];
  const [bk, bj] = transposeB ? [1, k] : [n, 1];
  for (let s = 0; s < stack; s++) {
    for (let i = 0; i < m; i++) {
      const row = s * m * n + i * n;
      for (let l = 0; l < k; l++) {
        const factor = a.data[s * aStep + i * ai + l * ak] as number;
        const start = s * bStep + l * bk;
        for (let j = 0; j < n; j++) {
          data[row + j] = (data[row + j] as number) + factor * (b.data[start + j * bj] as number);
        }
      }
    }
  }
  return { shape, data };
}

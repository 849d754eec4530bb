import { type BinaryName, isBinary, isUnary, type Primitive } from '../primitive.ts';
import { primitiveShape } from '../primitive-shape.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { binaryKernels, unaryKernels } from './elementwise.ts';
import { writeOneHot } from './indexing.ts';
import { writeArgMax } from './reduction.ts';
import { alignedStrides } from './strided.ts';

/** A primitive whose shapes are settled: writes its result, entry by entry, into `out`. */
export type Writer = (out: Float64Array, a: Float64Array, b: Float64Array) => void;

/**
 * Settles the shapes of a primitive once, for programs that run it many times on small tensors. Gives
 * the very numbers of `Float64Ops`, to the last bit. Undefined where nothing would be gained.
 */
export function writerOf(primitive: Primitive, shapes: readonly Shape[]): Writer | undefined {
  const [a = [], b = []] = shapes;
  if (isUnary(primitive)) {
    // These two have loops of their own, which the machine can see through.
    if (primitive.op === 'relu') {
      return (out, x) => {
        for (let i = 0; i < out.length; i++) out[i] = Math.max(0, x[i] as number);
      };
    }
    if (primitive.op === 'step') {
      return (out, x) => {
        for (let i = 0; i < out.length; i++) out[i] = (x[i] as number) > 0 ? 1 : 0;
      };
    }
    const kernel = unaryKernels[primitive.op];
    return (out, x) => {
      for (let i = 0; i < out.length; i++) out[i] = kernel(x[i] as number);
    };
  }
  if (isBinary(primitive)) return binaryWriter(primitive.op, a, b);
  switch (primitive.op) {
    case 'reshape':
      return (out, x) => out.set(x);
    case 'matmul':
      if (a.length !== 2 || b.length !== 2) return undefined;
      return matmulWriter(a, b, primitive.transposeA, primitive.transposeB);
    case 'sum':
    case 'reduceMax':
      return reductionWriter(primitive.op, a, primitive.axes);
    case 'oneHot': {
      const { classes } = primitive;
      return (out, x) => writeOneHot(out, x, classes);
    }
    case 'argMax': {
      const length = a[primitive.axis] ?? 1;
      const inner = sizeOf(a.slice(primitive.axis + 1));
      return (out, x) => writeArgMax(out, x, length, inner);
    }
    default:
      return undefined;
  }
}

/** How an operand is read while the result is written row by row. */
interface Reading {
  readonly row: number;
  readonly column: number;
}

function binaryWriter(op: BinaryName, a: Shape, b: Shape): Writer | undefined {
  const shape = primitiveShape({ op }, [a, b]);
  const columns = shape.at(-1) ?? 1;
  const rows = sizeOf(shape) / Math.max(columns, 1);
  const left = readingOf(a, shape);
  const right = readingOf(b, shape);
  if (!left || !right) return undefined;
  const { row: ar, column: ac } = left;
  const { row: br, column: bc } = right;
  // The four that programs consist of have loops of their own, which the machine can see through.
  switch (op) {
    case 'add':
      return (out, x, y) => {
        for (let r = 0, k = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++, k++) {
            out[k] = (x[r * ar + c * ac] as number) + (y[r * br + c * bc] as number);
          }
        }
      };
    case 'sub':
      return (out, x, y) => {
        for (let r = 0, k = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++, k++) {
            out[k] = (x[r * ar + c * ac] as number) - (y[r * br + c * bc] as number);
          }
        }
      };
    case 'mul':
      return (out, x, y) => {
        for (let r = 0, k = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++, k++) {
            out[k] = (x[r * ar + c * ac] as number) * (y[r * br + c * bc] as number);
          }
        }
      };
    case 'div':
      return (out, x, y) => {
        for (let r = 0, k = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++, k++) {
            out[k] = (x[r * ar + c * ac] as number) / (y[r * br + c * bc] as number);
          }
        }
      };
    default: {
      const kernel = binaryKernels[op];
      return (out, x, y) => {
        for (let r = 0, k = 0; r < rows; r++) {
          for (let c = 0; c < columns; c++, k++) {
            out[k] = kernel(x[r * ar + c * ac] as number, y[r * br + c * bc] as number);
          }
        }
      };
    }
  }
}

/** Undefined where rows do not lie at equal distances. */
function readingOf(from: Shape, to: Shape): Reading | undefined {
  const strides = alignedStrides(from, to);
  const column = strides.at(-1) ?? 0;
  // Axes of length 1 are never stepped along.
  const leading = strides.slice(0, -1).flatMap((stride, axis) => {
    const length = to[axis] ?? 1;
    return length > 1 ? [{ stride, length }] : [];
  });
  const row = leading.at(-1)?.stride ?? 0;
  for (let at = leading.length - 2, step = row; at >= 0; at--) {
    step *= leading[at + 1]?.length ?? 1;
    if (leading[at]?.stride !== step) return undefined;
  }
  return { row, column };
}

function matmulWriter(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): Writer {
  const [m = 1, n = 1] = primitiveShape({ op: 'matmul', transposeA, transposeB }, [a, b]);
  const k = (transposeA ? a[0] : a[1]) ?? 1;
  const [ai, ak] = transposeA ? [1, m] : [k, 1];
  const [bk, bj] = transposeB ? [1, k] : [n, 1];
  return (out, x, y) => {
    for (let i = 0, at = 0, row = 0; i < m; i++, row += ai) {
      let column = 0;
      let j = 0;
      // Two sums at a time, which need not wait for one another.
      for (; j + 1 < n; j += 2, at += 2, column += 2 * bj) {
        let first = 0;
        let second = 0;
        for (let l = 0, p = row, q = column; l < k; l++, p += ak, q += bk) {
          const left = x[p] as number;
          first += left * (y[q] as number);
          second += left * (y[q + bj] as number);
        }
        out[at] = first;
        out[at + 1] = second;
      }
      for (; j < n; j++, at++, column += bj) {
        let total = 0;
        for (let l = 0, p = row, q = column; l < k; l++, p += ak, q += bk) {
          total += (x[p] as number) * (y[q] as number);
        }
        out[at] = total;
      }
    }
  };
}

/** Over neighbouring axes: [outer, length, inner] → [outer, inner]. */
function reductionWriter(
  op: 'sum' | 'reduceMax',
  shape: Shape,
  axes: readonly number[],
): Writer | undefined {
  const [first = 0] = axes;
  const after = first + axes.length;
  if (axes.at(-1) !== after - 1) return undefined;
  const outer = sizeOf(shape.slice(0, first));
  const length = sizeOf(shape.slice(first, after));
  const inner = sizeOf(shape.slice(after));
  if (op === 'reduceMax') {
    return (out, x) => {
      for (let o = 0, at = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++, at++) {
          const start = o * length * inner + i;
          let largest = Number.NEGATIVE_INFINITY;
          for (let l = 0; l < length; l++) {
            largest = Math.max(largest, x[start + l * inner] as number);
          }
          out[at] = largest;
        }
      }
    };
  }
  return (out, x) => {
    for (let o = 0, at = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++, at++) {
        const start = o * length * inner + i;
        let total = 0;
        for (let l = 0; l < length; l++) total += x[start + l * inner] as number;
        out[at] = total;
      }
    }
  };
}

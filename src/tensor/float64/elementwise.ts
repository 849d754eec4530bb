import type { NdArray } from '../nd-array.ts';
import type { BinaryName, UnaryName } from '../primitive.ts';
import { broadcastShapes, type Shape, sameShape } from '../shape.ts';
import { erf } from './erf.ts';
import { alignedStrides, forEachOffset } from './strided.ts';
import { zeros } from './zeros.ts';

export const unaryKernels: Record<UnaryName, (x: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  reciprocal: (x) => 1 / x,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  // Only ever the exponential of something negative, so that it cannot overflow.
  sigmoid: (x) => {
    if (x >= 0) return 1 / (1 + Math.exp(-x));
    const e = Math.exp(x);
    return e / (1 + e);
  },
  relu: (x) => Math.max(0, x),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  erf,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  step: (x) => (x > 0 ? 1 : 0),
};

export const binaryKernels: Record<BinaryName, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: (a, b) => a ** b,
  maximum: Math.max,
  minimum: Math.min,
  greater: (a, b) => (a > b ? 1 : 0),
  greaterEqual: (a, b) => (a >= b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
};

export function unary(op: UnaryName, x: NdArray): NdArray {
  const kernel = unaryKernels[op];
  const from = x.data;
  const data = new Float64Array(from.length);
  for (let i = 0; i < data.length; i++) data[i] = kernel(from[i] as number);
  return { shape: x.shape, data };
}

export function binary(op: BinaryName, a: NdArray, b: NdArray): NdArray {
  const kernel = binaryKernels[op];
  const left = a.data;
  const right = b.data;
  if (a.shape.length === 0 && b.shape.length === 0) {
    const data = new Float64Array(1);
    data[0] = kernel(left[0] as number, right[0] as number);
    return { shape: a.shape, data };
  }
  if (a.shape === b.shape || sameShape(a.shape, b.shape)) {
    const data = new Float64Array(left.length);
    for (let i = 0; i < data.length; i++) data[i] = kernel(left[i] as number, right[i] as number);
    return { shape: a.shape, data };
  }
  const shape = broadcastShapes(a.shape, b.shape);
  const data = zeros(shape);
  const suffix = (part: Shape) =>
    part.length <= shape.length && sameShape(part, shape.slice(-part.length || shape.length));
  if (right.length === 1) {
    const value = right[0] as number;
    for (let i = 0; i < data.length; i++) data[i] = kernel(left[i] as number, value);
  } else if (left.length === 1) {
    const value = left[0] as number;
    for (let i = 0; i < data.length; i++) data[i] = kernel(value, right[i] as number);
  } else if (left.length === data.length && suffix(b.shape)) {
    const period = right.length;
    for (let i = 0; i < data.length; i++)
      data[i] = kernel(left[i] as number, right[i % period] as number);
  } else {
    const offsets = [alignedStrides(a.shape, shape), alignedStrides(b.shape, shape)];
    let next = 0;
    forEachOffset(shape, offsets, ([i = 0, j = 0]) => {
      data[next++] = kernel(left[i] as number, right[j] as number);
    });
  }
  return { shape, data };
}

export function where(condition: NdArray, a: NdArray, b: NdArray): NdArray {
  const shape = broadcastShapes(broadcastShapes(condition.shape, a.shape), b.shape);
  const data = zeros(shape);
  const strides = [condition, a, b].map((part) => alignedStrides(part.shape, shape));
  let next = 0;
  forEachOffset(shape, strides, ([c = 0, i = 0, j = 0]) => {
    data[next++] = (condition.data[c] !== 0 ? a.data[i] : b.data[j]) as number;
  });
  return { shape, data };
}

import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Window } from '../primitive.ts';
import type { Kernels } from './kernels.ts';
import { slice } from './movement.ts';

/** π as the nearest float32 and what that leaves. */
const piHigh = Math.fround(Math.PI);
const piLow = Math.PI - piHigh;

/** sin r = r·(1 + c₁r² + c₂r⁴ + …): Taylor, exact to float32 up to a quarter turn. */
const coefficients = [-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800];

/**
 * The sine, or with a shift of π/2 the cosine. A GPU’s own may be off by 2⁻¹¹ (Vulkan 1.3, “Precision of
 * SPIR-V Instructions”), which is more than we allow. So x is brought within a quarter turn of zero,
 * x = kπ + r, and sin x = (−1)ᵏ sin r.
 */
export function sine(k: Kernels, x: TensorInfo, shift = 0): TensorInfo {
  const made: TensorInfo[] = [];
  const keep = (tensor: TensorInfo) => {
    made.push(tensor);
    return tensor;
  };
  const number = (value: number) => keep(k.filled([], value));
  const run = (kernel: string, a: TensorInfo, b: TensorInfo | number) =>
    keep(k.run(kernel, { a, b: typeof b === 'number' ? number(b) : b }));
  const floor = (tensor: TensorInfo) => keep(k.run('Floor', { x: tensor }));

  try {
    const shifted = shift === 0 ? x : run('Add', x, shift);
    const turns = floor(run('Add', run('Multiply', shifted, 1 / Math.PI), 0.5));
    const near = run('Sub', shifted, run('Multiply', turns, piHigh));
    const r = run('Sub', near, run('Multiply', turns, piLow));
    const square = run('Multiply', r, r);
    let sum = number(0);
    for (const c of coefficients.toReversed()) sum = run('Multiply', run('Add', sum, c), square);
    const odd = run('Sub', turns, run('Multiply', floor(run('Multiply', turns, 0.5)), 2));
    const sign = run('Add', run('Multiply', odd, -2), 1);
    const unsigned = run('Multiply', run('Add', sum, 1), r);
    return k.run('Multiply', { a: unsigned, b: sign });
  } finally {
    for (const tensor of made) k.free(tensor);
  }
}

/**
 * The upstream gradient routed to the first maximum of each window. The kernels on a GPU take the last,
 * which is the first in an image turned by half a turn.
 */
export function maxPoolGradient(
  k: Kernels,
  x: TensorInfo,
  upstream: TensorInfo,
  size: number,
  { stride, padding }: Window,
): TensorInfo {
  const [n = 1, h = 1, w = 1, c = 1] = x.shape;
  const [, rows = 1, columns = 1] = upstream.shape;
  // Where the windows end; beyond it there may be entries that no window reaches.
  const bottom = (rows - 1) * stride + size - padding;
  const right = (columns - 1) * stride + size - padding;
  const reached = [n, Math.min(h, bottom), Math.min(w, right), c];
  const turn = (tensor: TensorInfo) => k.run('Reverse', { x: tensor }, { dims: [1, 2] });
  const seen = slice(k, x, [0, 0, 0, 0], reached);
  const input = k.consume(seen, turn);
  const dy = turn(upstream);
  const attributes = {
    filterSize: [size, size],
    strides: [stride, stride],
    pad: [
      [0, 0],
      [Math.max(0, bottom - h), padding],
      [Math.max(0, right - w), padding],
      [0, 0],
    ],
    dimRoundingMode: 'floor',
  };
  // The kernel finds the maxima anew and looks at no output.
  const turned = k.run('MaxPoolGrad', { dy, input, output: input }, attributes);
  k.free(dy);
  k.free(input);
  const gradient = k.consume(turned, turn);
  if (reached[1] === h && reached[2] === w) return gradient;
  const paddings = x.shape.map((length, axis) => [0, length - (reached[axis] ?? length)]);
  return k.consume(gradient, () => k.run('PadV2', { x: gradient }, { paddings, constantValue: 0 }));
}

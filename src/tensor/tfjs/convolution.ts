import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Window } from '../primitive.ts';
import type { Shape } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import { pad, padOrCrop, slice } from './movement.ts';

/** A convolution and its two gradients in one backend. */
export interface Convolution {
  forward(k: Kernels, x: TensorInfo, filter: TensorInfo, window: Window): TensorInfo;
  inputGradient(
    k: Kernels,
    upstream: TensorInfo,
    filter: TensorInfo,
    inputShape: Shape,
    window: Window,
  ): TensorInfo;
  filterGradient(
    k: Kernels,
    x: TensorInfo,
    upstream: TensorInfo,
    filterShape: Shape,
    window: Window,
  ): TensorInfo;
}

/** What all convolution kernels are told. */
function geometry({ stride, padding }: Window, dilation = 1) {
  return {
    strides: [stride, stride],
    // A single number would do, but then the library takes every filter for a square one.
    pad: [
      [0, 0],
      [padding, padding],
      [padding, padding],
      [0, 0],
    ],
    dilations: [dilation, dilation],
    dataFormat: 'NHWC',
    dimRoundingMode: 'floor',
  };
}

function forward(k: Kernels, x: TensorInfo, filter: TensorInfo, window: Window): TensorInfo {
  return k.run('Conv2D', { x, filter }, geometry(window));
}

export const nativeConvolution: Convolution = {
  forward,
  inputGradient: (k, dy, filter, inputShape, window) =>
    k.run(
      'Conv2DBackpropInput',
      { dy, filter },
      { ...geometry(window), inputShape: [...inputShape] },
    ),
  filterGradient: (k, x, dy, filterShape, window) =>
    k.run(
      'Conv2DBackpropFilter',
      { x, dy },
      { ...geometry(window), filterShape: [...filterShape] },
    ),
};

/**
 * Both gradients written as convolutions, for backends whose forward kernel is the only fast one, or
 * whose filter gradient is missing altogether (wasm).
 */
export const forwardOnlyConvolution: Convolution = {
  forward,
  inputGradient: (k, upstream, filter, inputShape, { stride, padding }) => {
    const [kh = 1, kw = 1, c = 1, f = 1] = filter.shape;
    const [, h = 1, w = 1] = inputShape;
    const swapped = k.transpose(filter, [0, 1, 3, 2]);
    // Turned by half a turn: reversed as a list of kh·kw places.
    const places = k.consume(swapped, () => k.reshape(swapped, [kh * kw, f, c]));
    const turned = k.consume(places, () => k.run('Reverse', { x: places }, { dims: [0] }));
    const flipped = k.consume(turned, () => k.reshape(turned, [kh, kw, f, c]));
    const spread = spreadOut(k, upstream, stride);
    const [, rows = 1, columns = 1] = spread.shape;
    const framed = padOrCrop(k, spread, [
      [0, 0],
      [kh - 1 - padding, h + padding - rows],
      [kw - 1 - padding, w + padding - columns],
      [0, 0],
    ]);
    k.free(spread);
    const result = forward(k, framed, flipped, { stride: 1, padding: 0 });
    k.free(framed);
    k.free(flipped);
    return result;
  },
  filterGradient: (k, x, upstream, filterShape, { stride, padding }) => {
    const [kh = 1, kw = 1, c = 1, f = 1] = filterShape;
    // Channels become examples, examples become channels, and the upstream gradient the filter.
    const input = k.transpose(x, [3, 1, 2, 0]);
    const filter = k.transpose(upstream, [1, 2, 0, 3]);
    const full = k.run('Conv2D', { x: input, filter }, geometry({ stride: 1, padding }, stride));
    k.free(input);
    k.free(filter);
    // More rows than the filter has, where the last stride did not reach the edge.
    const exact = full.shape[1] === kh && full.shape[2] === kw;
    const cropped = exact
      ? full
      : k.consume(full, () => slice(k, full, [0, 0, 0, 0], [c, kh, kw, f]));
    return k.consume(cropped, () => k.transpose(cropped, [1, 2, 0, 3]));
  },
};

/** Zeros between the entries, so that a stride becomes 1. */
function spreadOut(k: Kernels, x: TensorInfo, stride: number): TensorInfo {
  if (stride === 1) return k.reshape(x, x.shape);
  const [n = 1, h = 1, w = 1, f = 1] = x.shape;
  const gaps = [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ] as const;
  const wide = k.consume(k.reshape(x, [n * h * w, 1, f]), (each) => pad(k, each, gaps));
  const rows = k.consume(wide, () => k.reshape(wide, [n * h, 1, w * stride * f]));
  const tall = k.consume(rows, () => pad(k, rows, gaps));
  return k.consume(tall, () => k.reshape(tall, [n, h * stride, w * stride, f]));
}

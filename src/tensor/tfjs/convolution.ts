import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Window } from '../primitive.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import { type OwnKernels, worthThreads } from './own-kernels.ts';

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

/** On wasm, which lacks the filter gradient and is slow at the other. */
export function createWasmConvolution(own: OwnKernels, threads: number): Convolution {
  return {
    forward: (k, x, filter, window) => {
      const [n = 1, h = 1, w = 1] = x.shape;
      const places = (n * h * w) / window.stride ** 2;
      const many = threads > 2 && places * sizeOf(filter.shape) >= worthThreads;
      return many ? forward(k, x, filter, window) : own.conv2d(x, filter, window);
    },
    inputGradient: (_, upstream, filter, inputShape, window) =>
      own.conv2dInputGradient(upstream, filter, inputShape, window),
    filterGradient: (_, x, upstream, filterShape, window) =>
      own.conv2dFilterGradient(x, upstream, filterShape, window),
  };
}

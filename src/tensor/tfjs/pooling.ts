import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Window } from '../primitive.ts';
import { primitiveShape } from '../primitive-shape.ts';
import type { Shape } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import { pad, slice } from './movement.ts';
import type { OwnKernels } from './own-kernels.ts';

function geometry(size: number, { stride, padding }: Window) {
  return {
    filterSize: [size, size],
    strides: [stride, stride],
    pad: padding,
    dimRoundingMode: 'floor',
  };
}

/** The largest entry of each window, and the way back, in one backend. */
export interface MaxPooling {
  forward(k: Kernels, x: TensorInfo, size: number, window: Window): TensorInfo;
  /** The upstream gradient routed to the first maximum of each window. */
  gradient(
    k: Kernels,
    x: TensorInfo,
    upstream: TensorInfo,
    size: number,
    window: Window,
  ): TensorInfo;
}

export const nativeMaxPooling: MaxPooling = {
  forward: (k, x, size, window) => k.run('MaxPool', { x }, geometry(size, window)),
  gradient: (k, x, upstream, size, window) => {
    // The kernel finds the maxima anew and looks at no output.
    const inputs = { dy: upstream, input: x, output: x };
    return k.run('MaxPoolGrad', inputs, geometry(size, window));
  },
};

/**
 * On wasm, whose gradient is wrong where a window holds no positive number, and for all but the first
 * example of a batch.
 */
export function createWasmMaxPooling(own: OwnKernels): MaxPooling {
  return {
    forward: (_, x, size, window) => {
      const shape = primitiveShape({ op: 'maxPool2d', size, ...window }, [x.shape]);
      return own.maxPool2d(x, shape, size, window);
    },
    gradient: (_, x, upstream, size, window) => own.maxPool2dGradient(x, upstream, size, window),
  };
}

/** TensorFlow leaves padding out of the mean; so the zeros are put there in full first. */
export function avgPool(k: Kernels, x: TensorInfo, size: number, window: Window): TensorInfo {
  const bare = { stride: window.stride, padding: 0 };
  if (window.padding === 0) return k.run('AvgPool', { x }, geometry(size, bare));
  const framed = pad(k, x, frame(window.padding));
  return k.consume(framed, () => k.run('AvgPool', { x: framed }, geometry(size, bare)));
}

export function avgPoolGradient(
  k: Kernels,
  upstream: TensorInfo,
  inputShape: Shape,
  size: number,
  { stride, padding }: Window,
): TensorInfo {
  const [n = 1, h = 1, w = 1, c = 1] = inputShape;
  const framedShape = [n, h + 2 * padding, w + 2 * padding, c];
  // The kernel looks at nothing but this input's shape.
  const input = { ...upstream, shape: framedShape };
  const framed = k.run(
    'AvgPoolGrad',
    { dy: upstream, input },
    geometry(size, { stride, padding: 0 }),
  );
  if (padding === 0) return framed;
  return k.consume(framed, () => slice(k, framed, [0, padding, padding, 0], inputShape));
}

function frame(padding: number): readonly (readonly [number, number])[] {
  return [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ];
}

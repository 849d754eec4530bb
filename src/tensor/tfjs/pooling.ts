import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Window } from '../primitive.ts';
import type { Shape } from '../shape.ts';
import type { Kernels } from './kernels.ts';
import { pad, slice } from './movement.ts';

function geometry(size: number, { stride, padding }: Window) {
  return {
    filterSize: [size, size],
    strides: [stride, stride],
    pad: padding,
    dimRoundingMode: 'floor',
  };
}

export function maxPool(k: Kernels, x: TensorInfo, size: number, window: Window): TensorInfo {
  return k.run('MaxPool', { x }, geometry(size, window));
}

/** The upstream gradient routed to the first maximum of each window, in one backend. */
export type MaxPoolGradient = (
  k: Kernels,
  x: TensorInfo,
  upstream: TensorInfo,
  size: number,
  window: Window,
) => TensorInfo;

export const nativeMaxPoolGradient: MaxPoolGradient = (k, x, upstream, size, window) => {
  // The kernel finds the maxima anew and looks at no output.
  const inputs = { dy: upstream, input: x, output: x };
  return k.run('MaxPoolGrad', inputs, geometry(size, window));
};

/**
 * The same outside of the backend. On wasm its kernel is wrong where a window holds no positive number,
 * and for all but the first example of a batch.
 */
export const hostMaxPoolGradient: MaxPoolGradient = (k, x, upstream, size, window) => {
  const [n = 1, h = 1, w = 1, c = 1] = x.shape;
  const [, rows = 1, columns = 1] = upstream.shape;
  const { stride, padding } = window;
  const from = k.read(x);
  const arriving = k.read(upstream);
  const result = new Float32Array(from.length);
  for (let at = 0; at < arriving.length; at++) {
    const channel = at % c;
    const column = Math.floor(at / c) % columns;
    const row = Math.floor(at / (c * columns)) % rows;
    const example = Math.floor(at / (c * columns * rows));
    const top = row * stride - padding;
    const left = column * stride - padding;
    let best = -1;
    let largest = Number.NEGATIVE_INFINITY;
    for (let y = Math.max(0, top); y < Math.min(h, top + size); y++) {
      for (let z = Math.max(0, left); z < Math.min(w, left + size); z++) {
        const place = ((example * h + y) * w + z) * c + channel;
        const entry = from[place] as number;
        if (best < 0 || entry > largest) {
          best = place;
          largest = entry;
        }
      }
    }
    if (best >= 0) result[best] = (result[best] as number) + (arriving[at] as number);
  }
  return k.upload([n, h, w, c], result);
};

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

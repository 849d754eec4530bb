import type { NdArray } from '../nd-array.ts';
import type { Window } from '../primitive.ts';
import { windowCount } from '../primitive-shape.ts';
import type { Shape } from '../shape.ts';
import { zeros } from './zeros.ts';

/** Visits, window by window and channel by channel, the offsets of the real entries (not the padding). */
function forEachWindow(
  input: Shape,
  size: number,
  { stride, padding }: Window,
  visit: (outputAt: number, inputAt: readonly number[]) => void,
): Shape {
  const [n = 1, h = 1, w = 1, c = 1] = input;
  const rows = windowCount(h, size, { stride, padding });
  const columns = windowCount(w, size, { stride, padding });
  let outputAt = 0;
  for (let example = 0; example < n; example++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const places: number[] = [];
        for (let y = i * stride - padding; y < i * stride - padding + size; y++) {
          for (let x = j * stride - padding; x < j * stride - padding + size; x++) {
            if (y >= 0 && y < h && x >= 0 && x < w) places.push(((example * h + y) * w + x) * c);
          }
        }
        for (let channel = 0; channel < c; channel++) {
          visit(
            outputAt++,
            places.map((place) => place + channel),
          );
        }
      }
    }
  }
  return [n, rows, columns, c];
}

function pooledShape(input: Shape, size: number, window: Window): Shape {
  const [n = 1, h = 1, w = 1, c = 1] = input;
  return [n, windowCount(h, size, window), windowCount(w, size, window), c];
}

/** The offset of the first maximum among `places`. */
function firstMaximum(x: NdArray, places: readonly number[]): number {
  let best = places[0] ?? -1;
  for (const place of places) {
    if ((x.data[place] as number) > (x.data[best] as number)) best = place;
  }
  return best;
}

export function maxPool2d(x: NdArray, size: number, window: Window): NdArray {
  const shape = pooledShape(x.shape, size, window);
  const data = zeros(shape);
  forEachWindow(x.shape, size, window, (outputAt, places) => {
    data[outputAt] = x.data[firstMaximum(x, places)] ?? Number.NEGATIVE_INFINITY;
  });
  return { shape, data };
}

export function maxPool2dGradient(
  x: NdArray,
  upstream: NdArray,
  size: number,
  window: Window,
): NdArray {
  const data = new Float64Array(x.data.length);
  forEachWindow(x.shape, size, window, (outputAt, places) => {
    const at = firstMaximum(x, places);
    if (at >= 0) data[at] = (data[at] as number) + (upstream.data[outputAt] as number);
  });
  return { shape: x.shape, data };
}

export function avgPool2d(x: NdArray, size: number, window: Window): NdArray {
  const shape = pooledShape(x.shape, size, window);
  const data = zeros(shape);
  forEachWindow(x.shape, size, window, (outputAt, places) => {
    let total = 0;
    for (const place of places) total += x.data[place] as number;
    data[outputAt] = total / (size * size);
  });
  return { shape, data };
}

export function avgPool2dGradient(
  upstream: NdArray,
  inputShape: Shape,
  size: number,
  window: Window,
): NdArray {
  const data = zeros(inputShape);
  forEachWindow(inputShape, size, window, (outputAt, places) => {
    const part = (upstream.data[outputAt] as number) / (size * size);
    for (const place of places) data[place] = (data[place] as number) + part;
  });
  return { shape: inputShape, data };
}

import type { NdArray } from '../nd-array.ts';
import type { Window } from '../primitive.ts';
import { windowCount } from '../primitive-shape.ts';
import type { Shape } from '../shape.ts';
import { zeros } from './zeros.ts';

/**
 * The three faces of a convolution are one walk: every pair of an input entry x[n,y,x,c] and an
 * output entry [n,i,j,f] that the filter entry [k,l,c,f] connects. The visitor gets the offsets where
 * a run of channels starts in the input, of filters in the output, and of [c,f] in the filter.
 */
function forEachTap(
  input: Shape,
  filter: Shape,
  { stride, padding }: Window,
  visit: (inputAt: number, filterAt: number, outputAt: number) => void,
): void {
  const [n = 1, h = 1, w = 1, c = 1] = input;
  const [kh = 1, kw = 1, , f = 1] = filter;
  const rows = windowCount(h, kh, { stride, padding });
  const columns = windowCount(w, kw, { stride, padding });
  for (let example = 0; example < n; example++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const outputAt = ((example * rows + i) * columns + j) * f;
        for (let k = 0; k < kh; k++) {
          const y = i * stride + k - padding;
          if (y < 0 || y >= h) continue;
          for (let l = 0; l < kw; l++) {
            const x = j * stride + l - padding;
            if (x < 0 || x >= w) continue;
            visit(((example * h + y) * w + x) * c, (k * kw + l) * c * f, outputAt);
          }
        }
      }
    }
  }
}

export function conv2d(x: NdArray, filter: NdArray, window: Window): NdArray {
  const [n = 1, h = 1, w = 1, c = 1] = x.shape;
  const [kh = 1, kw = 1, , f = 1] = filter.shape;
  const shape = [n, windowCount(h, kh, window), windowCount(w, kw, window), f];
  const data = zeros(shape);
  forEachTap(x.shape, filter.shape, window, (inputAt, filterAt, outputAt) => {
    for (let channel = 0; channel < c; channel++) {
      const factor = x.data[inputAt + channel] as number;
      const at = filterAt + channel * f;
      for (let k = 0; k < f; k++) {
        data[outputAt + k] =
          (data[outputAt + k] as number) + factor * (filter.data[at + k] as number);
      }
    }
  });
  return { shape, data };
}

export function conv2dInputGradient(
  upstream: NdArray,
  filter: NdArray,
  inputShape: Shape,
  window: Window,
): NdArray {
  const [, , c = 1, f = 1] = filter.shape;
  const data = zeros(inputShape);
  forEachTap(inputShape, filter.shape, window, (inputAt, filterAt, outputAt) => {
    for (let channel = 0; channel < c; channel++) {
      let total = 0;
      for (let k = 0; k < f; k++) {
        const weight = filter.data[filterAt + channel * f + k] as number;
        total += weight * (upstream.data[outputAt + k] as number);
      }
      data[inputAt + channel] = (data[inputAt + channel] as number) + total;
    }
  });
  return { shape: inputShape, data };
}

export function conv2dFilterGradient(
  x: NdArray,
  upstream: NdArray,
  filterShape: Shape,
  window: Window,
): NdArray {
  const [, , c = 1, f = 1] = filterShape;
  const data = zeros(filterShape);
  forEachTap(x.shape, filterShape, window, (inputAt, filterAt, outputAt) => {
    for (let channel = 0; channel < c; channel++) {
      const factor = x.data[inputAt + channel] as number;
      const at = filterAt + channel * f;
      for (let k = 0; k < f; k++) {
        data[at + k] = (data[at + k] as number) + factor * (upstream.data[outputAt + k] as number);
      }
    }
  });
  return { shape: filterShape, data };
}

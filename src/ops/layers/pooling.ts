import { z } from 'zod';
import { type Form, type Shape, sizeOf, type Window } from '#tensor';
import { wholeAttr } from '../attrs/numbers.ts';
import type { SlidingWindow, Work } from '../operation.ts';
import { requireImage, windowsAlong } from './image.ts';

/** The window of a pooling; it moves by its own size unless a stride is given. */
export const poolingAttrs = z
  .strictObject({
    size: wholeAttr('The size', 1).default(2),
    stride: wholeAttr('The stride', 1).optional(),
    padding: wholeAttr('The padding', 0).default(0),
  })
  .refine(({ size, padding }) => padding < size, {
    error: 'The padding must be smaller than the window, or a window could lie outside the image.',
    path: ['padding'],
  });

export type PoolingAttrs = z.output<typeof poolingAttrs>;

/** What the primitives want to know. */
export function poolingWindow({ size, stride = size, padding }: PoolingAttrs): Window & {
  readonly size: number;
} {
  return { size, stride, padding };
}

/** Every output looks at the entries of its window and multiplies nothing. */
export function poolingWork(output: Form, { size }: PoolingAttrs): Work {
  return { multiplications: 0, connections: sizeOf(output.shape) * size * size };
}

export function slidingWindow(attrs: PoolingAttrs): SlidingWindow {
  const { size, stride } = poolingWindow(attrs);
  return { size: [size, size], stride };
}

/** The form of a pooled image. Throws `ShapeError` where the windows do not fit. */
export function pooledForm(x: Form, attrs: PoolingAttrs): Form {
  requireImage(x);
  return { batched: x.batched, shape: pooledShape(x.shape, attrs) };
}

export function pooledShape(
  [height = 1, width = 1, channels = 1]: Shape,
  attrs: PoolingAttrs,
): Shape {
  const window = poolingWindow(attrs);
  return [
    windowsAlong('height', height, window.size, window),
    windowsAlong('width', width, window.size, window),
    channels,
  ];
}

/** A sample with two examples of one 4 × 4 channel. */
export const poolingSample = {
  inputs: {
    x: {
      batched: true,
      value: [
        [
          [[0.5], [-1], [2], [0.3]],
          [[1.5], [0.25], [-0.75], [1.1]],
          [[-0.4], [0.9], [0.7], [-1.3]],
          [[0.2], [-0.6], [1.7], [-0.1]],
        ],
        [
          [[-0.5], [1], [0.125], [0.8]],
          [[0.75], [-2], [1.25], [-0.9]],
          [[1.4], [0.1], [-0.3], [0.6]],
          [[-1.2], [0.35], [0.45], [-0.7]],
        ],
      ],
    },
  },
};

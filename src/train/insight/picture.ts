import { type Shape, sizeOf } from '#tensor';
import type { Picture } from './messages.ts';

/** Fewer pixels are no image to look at. */
const fewest = 16;

/** Sizes of flat rows that come from the usual images. */
const usual: ReadonlyMap<number, Picture> = new Map([
  [64, { height: 8, width: 8, channels: 1 }],
  [784, { height: 28, width: 28, channels: 1 }],
  [3072, { height: 32, width: 32, channels: 3 }],
]);

/** What image a tensor of that shape is: [h, w], [h, w, 1], [h, w, 3], or flat of a usual size; undefined for none. */
export function pictureOf(shape: Shape): Picture | undefined {
  const [height = 0, width = 0, channels = 1] = shape;
  if (shape.length === 1) return usual.get(height);
  if (shape.length !== 2 && shape.length !== 3) return undefined;
  if (channels !== 1 && channels !== 3) return undefined;
  return height > 1 && width > 1 && height * width >= fewest
    ? { height, width, channels }
    : undefined;
}

/** The image that a row is: that of its column in the data, where it has as many numbers. */
export function pictureOfRow(shape: Shape, field: Shape | undefined): Picture | undefined {
  const own = field && sizeOf(field) === sizeOf(shape) ? pictureOf(field) : undefined;
  return own ?? pictureOf(shape);
}

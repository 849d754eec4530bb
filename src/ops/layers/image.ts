import {
  type Form,
  formatShape,
  type Primitive,
  type Shape,
  type Value,
  type ValueOps,
  type Window,
} from '#tensor';
import { ShapeError } from '../operation.ts';

/** Throws `ShapeError` where x is no image [height, width, channels]. */
export function requireImage({ shape }: Form): void {
  if (shape.length === 3) return;
  throw new ShapeError(
    `This takes images [height, width, channels], and x is ${formatShape(shape)}.`,
    'x',
  );
}

/**
 * How many windows of `size` fit along an axis: (length − size + 2·padding)/stride + 1. Throws
 * `ShapeError` where that is no whole number, with the nearest lengths that would do.
 */
export function windowsAlong(
  what: string,
  length: number,
  size: number,
  { stride, padding }: Window,
): number {
  const room = length - size + 2 * padding;
  if (room < 0) {
    throw new ShapeError(
      `A window of ${size} does not fit into a ${what} of ${length} with padding ${padding}.`,
      'x',
    );
  }
  if (room % stride === 0) return room / stride + 1;
  const below = length - (room % stride);
  const near = below >= 1 ? `${below} or ${below + stride}` : `${below + stride}`;
  const count = `(${length} − ${size} + 2·${padding})/${stride} + 1`;
  throw new ShapeError(
    `A ${what} of ${length} does not fit a window of ${size} with stride ${stride} and padding ${padding}: ${count} = ${readable(room / stride + 1)} is no whole number. A ${what} of ${near} would do.`,
    'x',
  );
}

function readable(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/**
 * Carries out a primitive that works on a stack of images [n, h, w, c]: on the whole batch, or on one
 * shared image as a stack of one. `shape` is that of one result; values in `weights` go along as they are.
 */
export function overImages<T>(
  o: ValueOps<T>,
  shape: Shape,
  primitive: Primitive,
  images: readonly Value<T>[],
  weights: readonly Value<T>[] = [],
): Value<T> {
  if (images.some(({ batched }) => batched)) {
    return o.primitive({ batched: true, shape }, primitive, [...images, ...weights]);
  }
  const stacks = images.map((image) => o.reshape(image, [1, ...image.shape]));
  const form = { batched: false, shape: [1, ...shape] };
  return o.reshape(o.primitive(form, primitive, [...stacks, ...weights]), shape);
}

/** The full shape of a stack that holds x. */
export function stackShape<T>(o: ValueOps<T>, x: Value<T>): Shape {
  return [o.batchSize(x), ...x.shape];
}

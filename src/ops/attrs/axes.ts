import { z } from 'zod';
import { type Form, normalizeAxes, reducedShape, type Shape, TensorError } from '#tensor';
import { ShapeError } from '../operation.ts';

/** Which axes of one example a reduction runs over: all without a list; negative ones count from the end. */
export const axesAttrs = z.strictObject({
  axes: z.array(z.int()).optional(),
  keepDims: z.boolean().default(false),
});

export type AxesAttrs = z.output<typeof axesAttrs>;

/** The form left after a reduction. Throws `ShapeError` where an axis does not exist. */
export function reducedForm(x: Form, { axes, keepDims }: AxesAttrs): Form {
  try {
    return {
      batched: x.batched,
      shape: reducedShape(x.shape, normalizeAxes(axes, x.shape.length), keepDims),
    };
  } catch (error) {
    if (error instanceof TensorError) throw new ShapeError(error.message, 'x');
    throw error;
  }
}

/** The shape a reduced tensor has when its summed axes are kept with length 1. */
export function keptShape(shape: Shape, axes: readonly number[] | undefined): Shape {
  return reducedShape(shape, normalizeAxes(axes, shape.length), true);
}

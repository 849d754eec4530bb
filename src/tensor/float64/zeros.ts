import { checkSize, type Shape, sizeOf } from '../shape.ts';

/** Room for a tensor of this shape. Throws `TensorError` where it would be too large to hold. */
export function zeros(shape: Shape): Float64Array {
  return new Float64Array(sizeOf(checkSize(shape)));
}

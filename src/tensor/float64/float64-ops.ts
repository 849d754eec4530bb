import { TensorError } from '../errors.ts';
import type { NdArray } from '../nd-array.ts';
import type { Primitive, PrimitiveName } from '../primitive.ts';
import { isBinary, isUnary } from '../primitive.ts';
import type { TensorOps } from '../tensor-ops.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution.ts';
import { binary, unary, where } from './elementwise.ts';
import { gather, oneHot } from './indexing.ts';
import { inverse, logAbsDet } from './linear.ts';
import { matmul } from './matmul.ts';
import { broadcastTo, concat, pad, reshape, slice, transpose } from './movement.ts';
import { avgPool2d, avgPool2dGradient, maxPool2d, maxPool2dGradient } from './pooling.ts';
import { argMax, reduceMax, sum } from './reduction.ts';

/**
 * The exact engine: every primitive in float64, single-threaded, with no state. It gives the numbers
 * on the wires, and every faster engine is compared with it.
 */
export class Float64Ops implements TensorOps<NdArray> {
  readonly name: string = 'float64';

  constant(array: NdArray): NdArray {
    return array;
  }

  shape(tensor: NdArray): readonly number[] {
    return tensor.shape;
  }

  apply(primitive: Primitive, inputs: readonly NdArray[]): NdArray {
    const [a = missing(primitive.op), b = a, c = a] = inputs;
    if (isUnary(primitive)) return unary(primitive.op, a);
    if (isBinary(primitive)) return binary(primitive.op, a, b);
    switch (primitive.op) {
      case 'where':
        return where(a, b, c);
      case 'sum':
        return sum(a, primitive.axes, primitive.keepDims);
      case 'reduceMax':
        return reduceMax(a, primitive.axes, primitive.keepDims);
      case 'argMax':
        return argMax(a, primitive.axis);
      case 'matmul':
        return matmul(a, b, primitive.transposeA, primitive.transposeB);
      case 'reshape':
        return reshape(a, primitive.shape);
      case 'transpose':
        return transpose(a, primitive.permutation);
      case 'broadcastTo':
        return broadcastTo(a, primitive.shape);
      case 'concat':
        return concat(inputs, primitive.axis);
      case 'slice':
        return slice(a, primitive.start, primitive.size);
      case 'pad':
        return pad(a, primitive.padding);
      case 'oneHot':
        return oneHot(a, primitive.classes);
      case 'gather':
        return gather(a, b);
      case 'conv2d':
        return conv2d(a, b, primitive);
      case 'conv2dInputGradient':
        return conv2dInputGradient(a, b, primitive.inputShape, primitive);
      case 'conv2dFilterGradient':
        return conv2dFilterGradient(a, b, primitive.filterShape, primitive);
      case 'maxPool2d':
        return maxPool2d(a, primitive.size, primitive);
      case 'maxPool2dGradient':
        return maxPool2dGradient(a, b, primitive.size, primitive);
      case 'avgPool2d':
        return avgPool2d(a, primitive.size, primitive);
      case 'avgPool2dGradient':
        return avgPool2dGradient(a, primitive.inputShape, primitive.size, primitive);
      case 'inverse':
        return inverse(a);
      case 'logAbsDet':
        return logAbsDet(a);
    }
  }
}

function missing(op: PrimitiveName): never {
  throw new TensorError('no-kernel', `The primitive ${op} was applied to nothing.`);
}

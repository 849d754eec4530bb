import { TensorError } from './errors.ts';
import { isBinary, isUnary, type Primitive, type Window } from './primitive.ts';
import { broadcastShapes, formatShape, reducedShape, type Shape, sizeOf } from './shape.ts';

/** The shape a primitive gives for inputs of these shapes. Throws `TensorError` where they do not fit. */
export function primitiveShape(primitive: Primitive, inputs: readonly Shape[]): Shape {
  const first = inputs[0] ?? [];
  const second = inputs[1] ?? [];
  if (isUnary(primitive)) return first;
  if (isBinary(primitive)) return broadcastShapes(first, second);
  switch (primitive.op) {
    case 'where':
      return broadcastShapes(broadcastShapes(first, second), inputs[2] ?? []);
    case 'sum':
    case 'reduceMax':
      return reducedShape(first, primitive.axes, primitive.keepDims);
    case 'argMax':
      return reducedShape(first, [primitive.axis], false);
    case 'matmul':
      return matmulShape(first, second, primitive.transposeA, primitive.transposeB);
    case 'reshape':
      if (sizeOf(primitive.shape) !== sizeOf(first)) {
        throw new TensorError(
          'bad-shape',
          `${formatShape(first)} cannot be reshaped to ${formatShape(primitive.shape)}: ${sizeOf(first)} entries against ${sizeOf(primitive.shape)}.`,
        );
      }
      return primitive.shape;
    case 'transpose':
      return primitive.permutation.map((axis) => first[axis] ?? 1);
    case 'broadcastTo':
      return broadcastShapes(first, primitive.shape);
    case 'concat':
      return first.map((length, axis) =>
        axis === primitive.axis
          ? inputs.reduce((total, shape) => total + (shape[axis] ?? 0), 0)
          : length,
      );
    case 'slice':
      return primitive.size;
    case 'pad':
      return first.map((length, axis) => {
        const [before, after] = primitive.padding[axis] ?? [0, 0];
        return before + length + after;
      });
    case 'oneHot':
      return [...first, primitive.classes];
    case 'gather':
      return [...second, ...first.slice(1)];
    case 'conv2d': {
      const [n = 1, h = 1, w = 1] = first;
      const [kh = 1, kw = 1, , filters = 1] = second;
      return [n, windowCount(h, kh, primitive), windowCount(w, kw, primitive), filters];
    }
    case 'conv2dInputGradient':
    case 'avgPool2dGradient':
      return primitive.inputShape;
    case 'conv2dFilterGradient':
      return primitive.filterShape;
    case 'maxPool2d':
    case 'avgPool2d': {
      const [n = 1, h = 1, w = 1, c = 1] = first;
      const { size } = primitive;
      return [n, windowCount(h, size, primitive), windowCount(w, size, primitive), c];
    }
    case 'maxPool2dGradient':
    case 'inverse':
      return first;
    case 'logAbsDet':
      return first.slice(0, -2);
  }
}

/** How many windows of `size` fit along an axis: (length − size + 2·padding) / stride + 1. */
export function windowCount(length: number, size: number, { stride, padding }: Window): number {
  return Math.floor((length - size + 2 * padding) / stride) + 1;
}

function matmulShape(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): Shape {
  const [m, k] = transposeA ? [a.at(-1), a.at(-2)] : [a.at(-2), a.at(-1)];
  const [l, n] = transposeB ? [b.at(-1), b.at(-2)] : [b.at(-2), b.at(-1)];
  if (m === undefined || n === undefined || k !== l) {
    throw new TensorError(
      'bad-shape',
      `A product of ${formatShape(a)} and ${formatShape(b)} needs equal inner lengths, here ${k} and ${l}.`,
    );
  }
  return [...broadcastShapes(a.slice(0, -2), b.slice(0, -2)), m, n];
}

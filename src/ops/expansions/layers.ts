import type { NdArray } from '#tensor';
import { defineExpansion, type Inside, type Part } from './expansion.ts';

export const affine = defineExpansion({
  build: (inside) => {
    const product = inside.node('matmul', { a: inside.input('w'), b: inside.input('x') }, 'Wx');
    const bias = inside.optional('b');
    return bias ? inside.node('add', { a: product, b: bias }) : product;
  },
});

interface BatchNorm {
  readonly epsilon: number;
  readonly training: boolean;
  readonly runningMean?: NdArray | undefined;
  readonly runningVariance?: NdArray | undefined;
}

/** Batch normalization as at the blackboard; the mean reaches the variance on a wire of its own. */
export const batchNorm = defineExpansion<BatchNorm>({
  note: 'The running averages are not kept while it is expanded.',
  build: (inside, { epsilon, training, runningMean, runningVariance }) => {
    const x = inside.input('x');
    if (!training) {
      const average = running(inside, runningMean, 0, 'μ');
      const distance = inside.node('sub', { a: x, b: average }, 'a');
      return normalized(inside, distance, running(inside, runningVariance, 1, 'σ²'), epsilon);
    }
    // Images are averaged over their places as well; the channels are the last axis.
    const places = inside
      .shape('x')
      .slice(0, -1)
      .map((_, axis) => axis);
    const overBatch = (op: string, inputs: Readonly<Record<string, Part>>, label: string) =>
      places.length === 0
        ? inside.node(op, inputs, label)
        : inside.node('mean', { x: inside.node(op, inputs) }, label, { axes: places });
    const average = overBatch('batchMean', { x }, 'μ');
    const distance = inside.node('sub', { a: x, b: average }, 'a');
    const variance = overBatch('batchVariance', { x, mean: average }, 'σ²');
    return normalized(inside, distance, variance, epsilon);
  },
});

function running(inside: Inside, average: NdArray | undefined, start: number, label: string): Part {
  if (!average) return inside.number(start, label);
  return inside.node('constant', {}, label, { shape: [...average.shape], value: average });
}

const entries = { keepDims: true };

export const layerNorm = defineExpansion<{ readonly epsilon: number }>({
  build: (inside, { epsilon }) => {
    const x = inside.input('x');
    const average = inside.node('mean', { x }, 'μ', entries);
    const distance = inside.node('sub', { a: x, b: average }, 'a');
    const squares = inside.node('square', { x: distance }, 'a²');
    const variance = inside.node('mean', { x: squares }, 'σ²', entries);
    return normalized(inside, distance, variance, epsilon);
  },
});

/** From a = x − μ and σ² to γ·x̂ + β, by the names of the blackboard. */
function normalized(inside: Inside, distance: Part, variance: Part, epsilon: number): Part {
  const e = inside.node('add', { a: variance, b: inside.number(epsilon, 'ε') }, 'e');
  const c = inside.node('sqrt', { x: e }, 'c');
  const b = inside.node('reciprocal', { x: c }, 'b');
  const unit = inside.node('mul', { a: distance, b }, 'x̂');
  const scaled = inside.node('mul', { a: inside.input('gamma'), b: unit }, 'γx̂');
  return inside.node('add', { a: scaled, b: inside.input('beta') });
}

/** The pieces' matrices under one another give all pieces at once; the largest wins. */
export const maxout = defineExpansion({
  build: (inside) => {
    const [pieces = 1, outputs = 1, inputs = 1] = inside.shape('w');
    const stacked = inside.node('reshape', { x: inside.input('w') }, 'W', {
      shape: [pieces * outputs, inputs],
    });
    const products = inside.node('matmul', { a: stacked, b: inside.input('x') }, 'Wx');
    const table = inside.node('reshape', { x: products }, 'Wₖx', { shape: [pieces, outputs] });
    const sums = inside.node('add', { a: table, b: inside.input('b') }, 'Wₖx+bₖ');
    return inside.node('reduceMax', { x: sums }, '', { axes: [0] });
  },
});

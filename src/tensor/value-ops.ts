import { fromNested, type NdArray, type Nested, scalar } from './nd-array.ts';
import type { BinaryName, Primitive, UnaryName } from './primitive.ts';
import { product } from './product.ts';
import {
  broadcastShapes,
  normalizeAxes,
  normalizeAxis,
  reducedShape,
  type Shape,
  sameShape,
  sizeOf,
} from './shape.ts';
import type { TensorOps } from './tensor-ops.ts';
import type { Form, Value } from './value.ts';

/** Where a rule takes a value it may also write a plain number. */
export type Operand<T> = Value<T> | number;

/**
 * The vocabulary of the operations' rules: primitives on values, with the batch axis kept apart from
 * the axes of one example. A batched and a shared operand give a batched result; broadcasting aligns
 * the shapes of one example from the right and never touches the batch axis.
 */
export class ValueOps<T> {
  readonly engine: TensorOps<T>;
  readonly #numbers = new Map<number, Value<T>>();

  constructor(engine: TensorOps<T>) {
    this.engine = engine;
  }

  // Bringing numbers in

  /** `array` as a value; its leading axis is the batch where `batched`. */
  constant(array: NdArray, batched = false): Value<T> {
    const shape = batched ? array.shape.slice(1) : array.shape;
    return { batched, shape, data: this.engine.constant(array) };
  }

  /** A shared scalar, made once per number. */
  number(value: number): Value<T> {
    const known = this.#numbers.get(value);
    // Map keys do not tell 0 from −0.
    if (known && !Object.is(value, -0)) return known;
    const made = this.constant(scalar(value));
    this.#numbers.set(value, made);
    return made;
  }

  /** A shared tensor from nested arrays. */
  nested(values: Nested): Value<T> {
    return this.constant(fromNested(values));
  }

  /** `value` in every entry, in the form of `like`. */
  filledLike(like: Value<T>, value: number): Value<T> {
    return this.#result(like, { op: 'broadcastTo', shape: this.engine.shape(like.data) }, [
      this.number(value).data,
    ]);
  }

  /** How many examples a batched value holds; 1 for a shared one. */
  batchSize(value: Value<T>): number {
    return value.batched ? (this.engine.shape(value.data)[0] ?? 1) : 1;
  }

  // Elementwise

  neg = (x: Value<T>) => this.unary('neg', x);
  abs = (x: Value<T>) => this.unary('abs', x);
  sign = (x: Value<T>) => this.unary('sign', x);
  exp = (x: Value<T>) => this.unary('exp', x);
  log = (x: Value<T>) => this.unary('log', x);
  sqrt = (x: Value<T>) => this.unary('sqrt', x);
  square = (x: Value<T>) => this.unary('square', x);
  reciprocal = (x: Value<T>) => this.unary('reciprocal', x);
  sin = (x: Value<T>) => this.unary('sin', x);
  cos = (x: Value<T>) => this.unary('cos', x);
  tanh = (x: Value<T>) => this.unary('tanh', x);
  sigmoid = (x: Value<T>) => this.unary('sigmoid', x);
  relu = (x: Value<T>) => this.unary('relu', x);
  softplus = (x: Value<T>) => this.unary('softplus', x);
  erf = (x: Value<T>) => this.unary('erf', x);
  /** 1 where x > 0, else 0. */
  step = (x: Value<T>) => this.unary('step', x);

  add = (a: Operand<T>, b: Operand<T>) => this.binary('add', a, b);
  sub = (a: Operand<T>, b: Operand<T>) => this.binary('sub', a, b);
  mul = (a: Operand<T>, b: Operand<T>) => this.binary('mul', a, b);
  div = (a: Operand<T>, b: Operand<T>) => this.binary('div', a, b);
  pow = (a: Operand<T>, b: Operand<T>) => this.binary('pow', a, b);
  maximum = (a: Operand<T>, b: Operand<T>) => this.binary('maximum', a, b);
  minimum = (a: Operand<T>, b: Operand<T>) => this.binary('minimum', a, b);
  /** 1 where a > b, else 0; likewise the next two. */
  greater = (a: Operand<T>, b: Operand<T>) => this.binary('greater', a, b);
  greaterEqual = (a: Operand<T>, b: Operand<T>) => this.binary('greaterEqual', a, b);
  equal = (a: Operand<T>, b: Operand<T>) => this.binary('equal', a, b);

  unary(op: UnaryName, x: Value<T>): Value<T> {
    return this.#result(x, { op }, [x.data]);
  }

  binary(op: BinaryName, a: Operand<T>, b: Operand<T>): Value<T> {
    const left = this.#lift(a);
    const right = this.#lift(b);
    const shape = broadcastShapes(left.shape, right.shape);
    const inputs = [this.#aligned(left, shape.length), this.#aligned(right, shape.length)];
    return this.#result({ batched: left.batched || right.batched, shape }, { op }, inputs);
  }

  /** `a` where `condition` is not 0, else `b`. */
  where(condition: Value<T>, a: Operand<T>, b: Operand<T>): Value<T> {
    const inputs = [condition, this.#lift(a), this.#lift(b)];
    const shape = inputs.reduce<Shape>((all, input) => broadcastShapes(all, input.shape), []);
    const data = inputs.map((input) => this.#aligned(input, shape.length));
    const batched = inputs.some((input) => input.batched);
    return this.#result({ batched, shape }, { op: 'where' }, data);
  }

  // Reductions over the axes of one example; all axes unless named

  sum(x: Value<T>, axes?: readonly number[], keepDims = false): Value<T> {
    return this.#reduce('sum', x, axes, keepDims);
  }

  mean(x: Value<T>, axes?: readonly number[], keepDims = false): Value<T> {
    const total = this.sum(x, axes, keepDims);
    return this.div(total, sizeOf(x.shape) / sizeOf(total.shape));
  }

  max(x: Value<T>, axes?: readonly number[], keepDims = false): Value<T> {
    return this.#reduce('reduceMax', x, axes, keepDims);
  }

  /** Index of the first maximum along `axis` of one example. */
  argMax(x: Value<T>, axis = -1): Value<T> {
    const index = normalizeAxis(axis, x.shape.length);
    const form = { batched: x.batched, shape: reducedShape(x.shape, [index], false) };
    return this.#result(form, { op: 'argMax', axis: index + front(x) }, [x.data]);
  }

  // Reductions over the batch: batched → shared

  /** The sum over the examples; a shared value is returned as it is. */
  batchSum(x: Value<T>): Value<T> {
    if (!x.batched) return x;
    const form = { batched: false, shape: x.shape };
    return this.#result(form, { op: 'sum', axes: [0], keepDims: false }, [x.data]);
  }

  /** The mean over the examples; a shared value is returned as it is. */
  batchMean(x: Value<T>): Value<T> {
    return x.batched ? this.div(this.batchSum(x), this.batchSize(x)) : x;
  }

  // Gradients take the form of what they belong to

  /**
   * Brings a gradient to `form`: the sum over the examples where `form` is shared, and over every
   * axis that was stretched by broadcasting; stretched where the gradient is smaller than `form`.
   */
  reduceTo(gradient: Value<T>, form: Form, batch?: Value<T>): Value<T> {
    let result = gradient;
    if (result.batched && !form.batched) result = this.batchSum(result);
    if (!sameShape(result.shape, form.shape)) {
      const extra = result.shape.length - form.shape.length;
      const stretched = result.shape.flatMap((length, axis) =>
        axis < extra || (form.shape[axis - extra] === 1 && length !== 1) ? [axis] : [],
      );
      if (stretched.length > 0) result = this.sum(result, stretched, true);
      if (sizeOf(result.shape) === sizeOf(form.shape)) result = this.reshape(result, form.shape);
      else result = this.broadcastTo(result, form.shape);
    }
    // A shared gradient of a batched value: the same for every example.
    if (form.batched && !result.batched && batch)
      result = this.repeat(result, this.batchSize(batch));
    return result;
  }

  // Products

  /**
   * The product of two matrices per example; a vector on the left is a row, on the right a column.
   * With `into`, the product is summed over the examples where `into` is shared, in one go: that is
   * how the gradient of a shared matrix is computed without one matrix per example.
   */
  matmul(a: Value<T>, b: Value<T>, options: MatmulOptions = {}): Value<T> {
    return product(this, a, b, options);
  }

  /** a·bᵀ of two vectors per example, summed over the examples where `into` is shared. */
  outer(a: Value<T>, b: Value<T>, into?: Form): Value<T> {
    const column = this.reshape(a, [...a.shape, 1]);
    const row = this.reshape(b, [1, ...b.shape]);
    return this.matmul(column, row, into ? { into } : {});
  }

  // Shape

  /** Gives one example another shape of the same size. */
  reshape(x: Value<T>, shape: Shape): Value<T> {
    if (sameShape(x.shape, shape)) return x;
    const full = x.batched ? [this.batchSize(x), ...shape] : shape;
    return this.#result({ batched: x.batched, shape }, { op: 'reshape', shape: full }, [x.data]);
  }

  /** Permutes the axes of one example; reverses them without `permutation`. */
  transpose(x: Value<T>, permutation?: readonly number[]): Value<T> {
    const axes = permutation ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
    const full = x.batched ? [0, ...axes.map((axis) => axis + 1)] : axes;
    const form = { batched: x.batched, shape: axes.map((axis) => x.shape[axis] ?? 1) };
    return this.#result(form, { op: 'transpose', permutation: full }, [x.data]);
  }

  /** Stretches one example to `shape`. */
  broadcastTo(x: Value<T>, shape: Shape): Value<T> {
    if (sameShape(x.shape, shape)) return x;
    const full = x.batched ? [this.batchSize(x), ...shape] : shape;
    const aligned = this.#aligned(x, shape.length);
    return this.#result({ batched: x.batched, shape }, { op: 'broadcastTo', shape: full }, [
      aligned,
    ]);
  }

  /** A shared value once per example. */
  repeat(x: Value<T>, examples: number): Value<T> {
    if (x.batched) return x;
    const form = { batched: true, shape: x.shape };
    return this.#result(form, { op: 'broadcastTo', shape: [examples, ...x.shape] }, [x.data]);
  }

  /** Joins values along `axis` of one example; shared ones are repeated where any is batched. */
  concat(parts: readonly Value<T>[], axis: number): Value<T> {
    const batch = parts.find((part) => part.batched);
    const all = batch ? parts.map((part) => this.repeat(part, this.batchSize(batch))) : parts;
    const first = all[0] ?? this.number(0);
    const index = normalizeAxis(axis, first.shape.length);
    const shape = first.shape.map((length, at) =>
      at === index ? all.reduce((total, part) => total + (part.shape[at] ?? 0), 0) : length,
    );
    return this.#result(
      { batched: batch !== undefined, shape },
      { op: 'concat', axis: index + (batch ? 1 : 0) },
      all.map((part) => part.data),
    );
  }

  /** A box of one example: `size` entries from `start` along each axis. */
  slice(x: Value<T>, start: readonly number[], size: Shape): Value<T> {
    const form = { batched: x.batched, shape: size };
    const full = x.batched
      ? { start: [0, ...start], size: [this.batchSize(x), ...size] }
      : { start, size };
    return this.#result(form, { op: 'slice', ...full }, [x.data]);
  }

  /** Zeros around one example: [before, after] for each axis. */
  pad(x: Value<T>, padding: readonly (readonly [number, number])[]): Value<T> {
    const shape = x.shape.map((length, axis) => {
      const [before, after] = padding[axis] ?? [0, 0];
      return before + length + after;
    });
    const none: readonly [number, number] = [0, 0];
    const full = x.batched ? [none, ...padding] : padding;
    return this.#result({ batched: x.batched, shape }, { op: 'pad', padding: full }, [x.data]);
  }

  /** Indices → one more axis of length `classes`, 1 at the index. */
  oneHot(index: Value<T>, classes: number): Value<T> {
    const form = { batched: index.batched, shape: [...index.shape, classes] };
    return this.#result(form, { op: 'oneHot', classes }, [index.data]);
  }

  // The rest is for rules whose primitives look at whole batches (convolution, pooling, …).

  /** Carries out a primitive on full tensors and says what form the result has. */
  primitive(form: Form, primitive: Primitive, inputs: readonly Value<T>[]): Value<T> {
    return this.#result(
      form,
      primitive,
      inputs.map((input) => input.data),
    );
  }

  #result(form: Form, primitive: Primitive, inputs: readonly T[]): Value<T> {
    const data = this.engine.apply(primitive, inputs);
    return { batched: form.batched, shape: form.shape, data };
  }

  #lift(operand: Operand<T>): Value<T> {
    return typeof operand === 'number' ? this.number(operand) : operand;
  }

  /** Puts the missing axes of one example between the batch axis and its own. */
  #aligned(x: Value<T>, rank: number): T {
    const missing = rank - x.shape.length;
    if (!x.batched || missing <= 0) return x.data;
    const shape = [this.batchSize(x), ...new Array<number>(missing).fill(1), ...x.shape];
    return this.engine.apply({ op: 'reshape', shape }, [x.data]);
  }

  #reduce(
    op: 'sum' | 'reduceMax',
    x: Value<T>,
    axes: readonly number[] | undefined,
    keepDims: boolean,
  ): Value<T> {
    const own = normalizeAxes(axes, x.shape.length);
    if (own.length === 0) return x;
    const form = { batched: x.batched, shape: reducedShape(x.shape, own, keepDims) };
    const offset = front(x);
    return this.#result(form, { op, axes: own.map((axis) => axis + offset), keepDims }, [x.data]);
  }
}

export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** The form of what this product is the gradient of. */
  readonly into?: Form;
}

/** How many axes stand before those of one example. */
function front(value: Form): number {
  return value.batched ? 1 : 0;
}

import {
  broadcastShapes,
  Float64Ops,
  filled,
  isBinary,
  type NdArray,
  type Primitive,
  primitiveShape,
  type Shape,
  sameShape,
  sizeOf,
  type TensorOps,
} from '#tensor';

/** What is computed, as a graph of primitives: the rules of the operations, written down instead of carried out. */
export type Expr = {
  /** Counted in the order in which they are made: operands come before what uses them. */
  readonly id: number;
  readonly shape: Shape;
} & (
  | { readonly kind: 'given'; readonly name: string }
  | { readonly kind: 'constant'; readonly array: NdArray }
  | { readonly kind: 'apply'; readonly primitive: Primitive; readonly inputs: readonly Expr[] }
);

export type Applied = Extract<Expr, { kind: 'apply' }>;

/**
 * Stands for the number of examples, so that code works for any: a prime that no shape has by itself. Shapes and
 * numbers that are multiples of it come from the batch.
 */
export const examples = 999_983;

/** How often the number of examples goes into a length; 0 where the length has nothing to do with it. */
export function examplesIn(length: number): number {
  return length >= examples && length % examples === 0 ? length / examples : 0;
}

/** A number that was divided by the number of examples: what it was before; else 0. */
export function sharesOfExamples(x: number): number {
  if (x === 0) return 0;
  const before = x * examples;
  const whole = Math.round(before * 2 ** 20) / 2 ** 20;
  const small = Math.abs(x) < 1e-4 && Math.abs(whole) >= 2 ** -10;
  return small && Math.abs(before - whole) <= 1e-11 * Math.abs(before) ? whole : 0;
}

/** Results of constants alone are worked out at once, up to this many entries. */
const largestFolded = 4096;

/**
 * An engine that writes down what is asked of it. Asked twice for the same, it gives the same expression; what
 * changes nothing is left out.
 */
export class ExprOps implements TensorOps<Expr> {
  readonly name = 'code';
  readonly #exact = new Float64Ops();
  readonly #known = new Map<string, Expr>();
  readonly #arrays = new Map<NdArray, Expr>();
  #next = 0;

  /** Something that has a name already. */
  given(name: string, shape: Shape): Expr {
    return { id: this.#next++, kind: 'given', name, shape };
  }

  constant(array: NdArray): Expr {
    const { shape, data } = array;
    if (data.length > 64) {
      const known = this.#arrays.get(array);
      if (known) return known;
      const made: Expr = { id: this.#next++, kind: 'constant', array, shape };
      this.#arrays.set(array, made);
      return made;
    }
    const entries = Array.from(data, (x) => (Object.is(x, -0) ? '-0' : x)).join();
    return this.#once(`${shape.join()}:${entries}`, (id) => ({
      id,
      kind: 'constant',
      array,
      shape,
    }));
  }

  shape(tensor: Expr): Shape {
    return tensor.shape;
  }

  apply(primitive: Primitive, given: readonly Expr[]): Expr {
    const shape = primitiveShape(
      primitive,
      given.map((each) => each.shape),
    );
    const inputs = isBinary(primitive)
      ? unstretched(given, shape)
      : primitive.op === 'reshape'
        ? given.map(unshaped)
        : given;
    const same = this.#unchanged(primitive, inputs, shape);
    if (same) return same;
    const folded = this.#folded(primitive, inputs, shape);
    if (folded) return folded;
    const key = `${JSON.stringify(primitive)} ${inputs.map(({ id }) => id).join()}`;
    return this.#once(key, (id) => ({ id, kind: 'apply', primitive, inputs, shape }));
  }

  #once(key: string, make: (id: number) => Expr): Expr {
    const known = this.#known.get(key);
    if (known) return known;
    const made = make(this.#next++);
    this.#known.set(key, made);
    return made;
  }

  #folded(primitive: Primitive, inputs: readonly Expr[], shape: Shape): Expr | undefined {
    // Stretching says something, and costs nothing to say.
    if (primitive.op === 'broadcastTo' || sizeOf(shape) > largestFolded) return undefined;
    const arrays = inputs.flatMap((each) => (each.kind === 'constant' ? [each.array] : []));
    if (arrays.length < inputs.length) return undefined;
    // The number of examples stays what it is, whoever computes with it.
    if (arrays.some(({ data }) => data.some((x) => examplesIn(Math.abs(x)) > 0))) return undefined;
    return this.constant(this.#exact.apply(primitive, arrays));
  }

  #unchanged(primitive: Primitive, inputs: readonly Expr[], shape: Shape): Expr | undefined {
    const [a, b] = inputs;
    if (primitive.op === 'reshape' || primitive.op === 'broadcastTo') {
      return a && sameShape(a.shape, shape) ? a : undefined;
    }
    if (!a || !b) return undefined;
    const keeps = (kept: Expr, other: Expr, neutral: number) =>
      sameShape(kept.shape, shape) && isAll(other, neutral) ? kept : undefined;
    if (primitive.op === 'mul') return keeps(a, b, 1) ?? keeps(b, a, 1);
    if (primitive.op === 'div') return keeps(a, b, 1);
    return undefined;
  }
}

function isAll(expr: Expr, value: number): boolean {
  return uniform(expr) === value;
}

/** The number that all entries of an expression are, where it is such a constant. */
export function uniform(expr: Expr): number | undefined {
  const source = stretchedFrom(expr);
  if (source.kind !== 'constant') return undefined;
  const [first] = source.array.data;
  return source.array.data.every((entry) => Object.is(entry, first)) ? first : undefined;
}

function stretchedFrom(expr: Expr): Expr {
  if (expr.kind !== 'apply' || expr.primitive.op !== 'broadcastTo') return expr;
  return expr.inputs[0] ?? expr;
}

/** What it was before it was reshaped. */
function unshaped(expr: Expr): Expr {
  if (expr.kind !== 'apply' || expr.primitive.op !== 'reshape') return expr;
  return expr.inputs[0] ?? expr;
}

/** Operands as small as they may be: elementwise primitives stretch by themselves. */
function unstretched(inputs: readonly Expr[], shape: Shape): readonly Expr[] {
  const result = [...inputs];
  inputs.forEach((expr, at) => {
    const source = stretchedFrom(expr);
    const number = uniform(source);
    const small: Expr =
      number !== undefined && source.kind === 'constant' && source.shape.length > 0
        ? { ...source, id: source.id, array: filled([], number), shape: [] }
        : source;
    const shapes = result.map((other, index) => (index === at ? small : other).shape);
    if (sameShape(shapes.reduce(broadcastShapes), shape)) result[at] = small;
  });
  return result;
}

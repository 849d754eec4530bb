import type { Form, Value } from './value.ts';
import type { MatmulOptions, ValueOps } from './value-ops.ts';

/**
 * The matrix product with batches. Every case ends in as few and as plain products as possible,
 * because that is what the engines are fast at:
 *
 * - batched · shared: the examples' rows are stacked into one tall matrix;
 * - summed over the examples: they are laid side by side along the inner axis instead;
 * - shared · batched column: the columns are rows of one matrix, so the product is x·Aᵀ.
 */
export function product<T>(
  o: ValueOps<T>,
  a: Value<T>,
  b: Value<T>,
  { transposeA = false, transposeB = false, into }: MatmulOptions,
): Value<T> {
  const row = a.shape.length === 1;
  const column = b.shape.length === 1;
  const left: Matrix<T> = {
    value: row ? o.reshape(a, [1, ...a.shape]) : a,
    transposed: transposeA && !row,
  };
  const right: Matrix<T> = {
    value: column ? o.reshape(b, [...b.shape, 1]) : b,
    transposed: transposeB && !column,
  };
  const summed = into !== undefined && !into.batched && (a.batched || b.batched);
  const full = summed ? summedProduct(o, left, right) : plainProduct(o, left, right);
  const [m = 1, n = 1] = full.shape;
  return o.reshape(full, row ? (column ? [] : [n]) : column ? [m] : [m, n]);
}

interface Matrix<T> {
  readonly value: Value<T>;
  readonly transposed: boolean;
}

function plainProduct<T>(o: ValueOps<T>, left: Matrix<T>, right: Matrix<T>): Value<T> {
  const { value: a } = left;
  const { value: b } = right;
  const form = productForm(left, right);
  const [m = 1, n = 1] = form.shape;
  const inner = innerLength(left);
  if (a.batched && !b.batched && (!left.transposed || m === 1)) {
    const examples = o.batchSize(a);
    const tall = flat(o, a, [examples * m, inner]);
    const result = multiply(o, tall, b, false, right.transposed, [examples * m, n]);
    return { ...form, data: flat(o, result, [examples, m, n]).data };
  }
  if (!a.batched && b.batched && n === 1) {
    const examples = o.batchSize(b);
    const rows = flat(o, b, [examples, inner]);
    const result = multiply(o, rows, a, false, !left.transposed, [examples, m]);
    return { ...form, data: flat(o, result, [examples, m, 1]).data };
  }
  const primitive = {
    op: 'matmul',
    transposeA: left.transposed,
    transposeB: right.transposed,
  } as const;
  return o.primitive(form, primitive, [a, b]);
}

/** Σ over the examples of aᵢ·bᵢ. */
function summedProduct<T>(o: ValueOps<T>, left: Matrix<T>, right: Matrix<T>): Value<T> {
  const { value: a } = left;
  const { value: b } = right;
  if (!a.batched || !b.batched) {
    // One factor is the same for all examples: sum the other first.
    return plainProduct(o, { ...left, value: o.batchSum(a) }, { ...right, value: o.batchSum(b) });
  }
  const [m = 1, n = 1] = productForm(left, right).shape;
  const inner = innerLength(left);
  const deep = o.batchSize(a) * inner;
  // [B, inner, m] and [B, inner, n] flatten to [B·inner, m] and [B·inner, n].
  const aInnerFirst = left.transposed || m === 1 || inner === 1 ? a : o.transpose(a);
  const bInnerFirst = !right.transposed || n === 1 || inner === 1 ? b : o.transpose(b);
  return multiply(
    o,
    flat(o, aInnerFirst, [deep, m]),
    flat(o, bInnerFirst, [deep, n]),
    true,
    false,
    [m, n],
  );
}

/** The same entries, seen as one shared matrix (or stack) of that full shape. */
function flat<T>(o: ValueOps<T>, value: Value<T>, shape: readonly number[]): Value<T> {
  return o.reshape({ batched: false, shape: o.engine.shape(value.data), data: value.data }, shape);
}

function multiply<T>(
  o: ValueOps<T>,
  a: Value<T>,
  b: Value<T>,
  transposeA: boolean,
  transposeB: boolean,
  shape: readonly number[],
): Value<T> {
  return o.primitive({ batched: false, shape }, { op: 'matmul', transposeA, transposeB }, [a, b]);
}

function innerLength<T>({ value, transposed }: Matrix<T>): number {
  return value.shape[transposed ? 0 : 1] ?? 1;
}

function productForm<T>(left: Matrix<T>, right: Matrix<T>): Form {
  const m = left.value.shape[left.transposed ? 1 : 0] ?? 1;
  const n = right.value.shape[right.transposed ? 0 : 1] ?? 1;
  return { batched: left.value.batched || right.value.batched, shape: [m, n] };
}

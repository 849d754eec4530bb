import type { WireId } from '#graph';
import type { Registry } from '#ops';
import { type ArrayValue, sizeOf } from '#tensor';
import { ruleAt } from './rule-at.ts';
import type { Trace } from './trace.ts';

/** One column x that W multiplies, and the upstream gradient of its product. */
export interface StackColumn {
  /** The example, where there is a batch, and the column of X, where it is a matrix; from 0. */
  readonly example: number;
  readonly column: number;
  readonly x: readonly number[];
  readonly g: readonly number[];
}

/**
 * ∂y/∂W of y = W·x as the stack it is: for every output k a matrix of W's shape, zero but for row k,
 * which is xᵀ. Weighted by g_k, the stack collapses to g·xᵀ; over the columns of X and the examples that
 * share W these add up to dL/dW.
 */
export interface WeightStack {
  /** Entries of y, which are slices of the stack; and entries of x. */
  readonly outputs: number;
  readonly inputs: number;
  /** How many columns there are in all; `column` gives each. */
  readonly columns: number;
  /** How many columns belong to one example. */
  readonly perExample: number;
  /** The examples share W, and their parts are summed. */
  readonly batched: boolean;
  column(at: number): StackColumn;
}

/** The operations that multiply a matrix of weights with x, and at which ports. */
const products: Readonly<Record<string, { readonly w: string; readonly x: string }>> = {
  matmul: { w: 'a', x: 'b' },
  affine: { w: 'w', x: 'x' },
};

/** The stack at a wire that brings a shared matrix W into y = W·x; null at all others. */
export function weightStack(trace: Trace, registry: Registry, wire: WireId): WeightStack | null {
  const { upstream, gradient } = trace.wires.get(wire) ?? {};
  const rule = ruleAt(trace, registry, wire);
  const ports = rule && products[rule.operation.id];
  if (!upstream || !gradient || !rule || !ports || rule.port !== ports.w) return null;
  const [outputs = 1, inputs = 1, ...more] = rule.input.shape;
  if (rule.input.shape.length !== 2 || more.length > 0 || rule.input.batched) return null;
  const x = rule.inputs[ports.x];
  if (!x) return null;
  const perExample = x.shape[1] ?? 1;
  const examples = upstream.batched ? (upstream.data.shape[0] ?? 1) : 1;
  return {
    outputs,
    inputs,
    columns: examples * perExample,
    perExample,
    batched: upstream.batched,
    column: (at) => {
      const example = Math.floor(at / perExample);
      const column = at % perExample;
      return {
        example,
        column,
        x: columnOf(x, example, column, inputs),
        g: columnOf(upstream, example, column, outputs),
      };
    },
  };
}

function columnOf(
  { batched, shape, data }: ArrayValue,
  example: number,
  column: number,
  length: number,
): number[] {
  const start = batched ? example * sizeOf(shape) : 0;
  const width = shape[1] ?? 1;
  return Array.from({ length }, (_, row) => data.data[start + row * width + column] ?? Number.NaN);
}

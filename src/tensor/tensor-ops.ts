import type { NdArray } from './nd-array.ts';
import type { Primitive } from './primitive.ts';
import type { Shape } from './shape.ts';

/**
 * An engine: something that carries out primitives on tensors of its own kind `T`.
 *
 * `Float64Ops` computes exactly, `TfjsOps` fast; the training compiler's recorder computes nothing
 * and writes down what was asked for. Rules never look into a `T`; they may look at shapes.
 */
export interface TensorOps<T> {
  /** A short name for people and logs: `float64`, `wasm`, … */
  readonly name: string;
  /** Brings numbers into the engine. */
  constant(array: NdArray): T;
  /** The full shape, a batch axis included. */
  shape(tensor: T): Shape;
  /** Carries out one primitive. Throws `TensorError`: bad shapes, or `no-kernel` where the engine lacks it. */
  apply(primitive: Primitive, inputs: readonly T[]): T;
}

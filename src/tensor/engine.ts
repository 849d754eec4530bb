import type { Shape } from './shape.ts';
import type { TensorOps } from './tensor-ops.ts';

/**
 * An engine that trains: numbers go in and out, and whoever made a tensor gives it back. Every tensor
 * that `apply`, `upload` or `constant` returns is released once, also where two share their numbers.
 */
export interface TensorEngine<T> extends TensorOps<T> {
  /** Brings `data` in, copied, in row-major order. */
  upload(shape: Shape, data: Float32Array): T;
  /** The numbers of a tensor, in the engine's own precision; not to be written to. On a GPU this waits for everything before it. */
  read(tensor: T): Float32Array | Float64Array;
  release(tensor: T): void;
  /** How many tensors are held now: for tests. */
  held(): number;
}

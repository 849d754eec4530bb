import type { Primitive } from './primitive.ts';
import type { Shape } from './shape.ts';
import type { TensorOps } from './tensor-ops.ts';

/** A primitive that was settled for inputs of certain shapes. */
export interface Prepared<T> {
  apply(inputs: readonly T[]): T;
}

/** A primitive between places: reads the tensors there and puts its result into a place of its own. */
export interface Call {
  readonly primitive: Primitive;
  readonly inputs: readonly number[];
  readonly output: number;
}

/** A list of primitives that was settled as a whole. */
export interface Linked<T> {
  /**
   * Carries the list out on the tensors that `places` holds and puts there, as tensors of the caller's, what
   * was asked for; nothing else is put there.
   */
  run(places: (T | undefined)[]): void;
}

/** What an engine computes on. */
export interface EngineDevice {
  /** In the words of its driver. */
  readonly description: string;
  /** Whether it is no GPU but a program that behaves like one. */
  readonly software: boolean;
}

/**
 * An engine that trains: numbers go in and out, and whoever made a tensor gives it back. Every tensor
 * that `apply`, `upload` or `constant` returns is released once, also where two share their numbers.
 */
export interface TensorEngine<T> extends TensorOps<T> {
  /** Only where that is not the processor alone. */
  readonly device?: EngineDevice;
  /** Brings `data` in, copied, in row-major order. */
  upload(shape: Shape, data: Float32Array): T;
  /**
   * Settles a primitive for inputs of these shapes, where that makes it faster; the result does the
   * same as `apply`. Undefined where `apply` is as good.
   */
  prepare?(primitive: Primitive, shapes: readonly Shape[]): Prepared<T> | undefined;
  /**
   * Settles a list of primitives as a whole, where that makes it faster: for tensors of these shapes, by
   * place, wanting the results at `outputs`.
   */
  link?(
    calls: readonly Call[],
    shapes: ReadonlyMap<number, Shape>,
    outputs: readonly number[],
  ): Linked<T> | undefined;
  /** The numbers of a tensor, in the engine's own precision; not to be written to, nor kept beyond its release. On a GPU this holds up everything until the numbers are there. */
  read(tensor: T): Float32Array | Float64Array;
  /** The same for whoever can wait; only where numbers have a way to go, as from a GPU. */
  readLater?(tensor: T): Promise<Float32Array>;
  release(tensor: T): void;
  /** How many tensors are held now: for tests. */
  held(): number;
}

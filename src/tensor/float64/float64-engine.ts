import type { Call, Linked, Prepared, TensorEngine } from '../engine.ts';
import type { NdArray } from '../nd-array.ts';
import type { Primitive } from '../primitive.ts';
import { primitiveShape } from '../primitive-shape.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { Float64Ops } from './float64-ops.ts';
import { linkCalls } from './linked.ts';
import { writerOf } from './prepared.ts';

/** Beyond this, the garbage collector is welcome to a buffer: making another costs little beside filling it. */
const largestPooled = 2 ** 16;

const nothing = new Float64Array(0);

/** A tensor whose buffer is used again once it is released. */
class Pooled implements NdArray {
  readonly shape: Shape;
  readonly data: Float64Array;
  readonly home: Float64Array[];

  constructor(shape: Shape, data: Float64Array, home: Float64Array[]) {
    this.shape = shape;
    this.data = data;
    this.home = home;
  }
}

/** The exact engine as one that trains: for tiny graphs, whose cost on the others is all in the calls. */
export class Float64Engine extends Float64Ops implements TensorEngine<NdArray> {
  override readonly name = 'js';
  #held = 0;
  /** Free buffers by length: fetching new ones is most of the cost of a tiny step. */
  readonly #pools = new Map<number, Float64Array[]>();

  override constant(array: NdArray): NdArray {
    this.#held++;
    return array;
  }

  override apply(primitive: Primitive, inputs: readonly NdArray[]): NdArray {
    const result = super.apply(primitive, inputs);
    this.#held++;
    // Some primitives hand their input's numbers on, whose buffer may be used again before they are.
    const shared = inputs.some(({ data }) => data === result.data);
    return shared ? { shape: result.shape, data: result.data.slice() } : result;
  }

  prepare(primitive: Primitive, shapes: readonly Shape[]): Prepared<NdArray> | undefined {
    const write = writerOf(primitive, shapes);
    const shape = primitiveShape(primitive, shapes);
    const size = sizeOf(shape);
    if (!write || size > largestPooled) return undefined;
    const home = this.#pool(size);
    const apply = (inputs: readonly NdArray[]): NdArray => {
      const out = home.pop() ?? new Float64Array(size);
      write(out, inputs[0]?.data ?? nothing, inputs[1]?.data ?? nothing);
      this.#held++;
      return new Pooled(shape, out, home);
    };
    return { apply };
  }

  link(
    calls: readonly Call[],
    shapes: ReadonlyMap<number, Shape>,
    outputs: readonly number[],
  ): Linked<NdArray> | undefined {
    return linkCalls(calls, shapes, outputs, {
      make: (shape) => {
        this.#held++;
        const size = sizeOf(shape);
        const home = this.#pool(size);
        return new Pooled(shape, home.pop() ?? new Float64Array(size), home);
      },
      release: (tensor) => this.release(tensor),
      apply: (primitive, inputs) => super.apply(primitive, inputs),
    });
  }

  upload(shape: Shape, data: Float32Array): NdArray {
    this.#held++;
    if (data.length > largestPooled) return { shape, data: Float64Array.from(data) };
    const home = this.#pool(data.length);
    const own = home.pop() ?? new Float64Array(data.length);
    own.set(data);
    return new Pooled(shape, own, home);
  }

  read(tensor: NdArray): Float64Array {
    return tensor.data;
  }

  release(tensor: NdArray): void {
    this.#held--;
    if (tensor instanceof Pooled) tensor.home.push(tensor.data);
  }

  held(): number {
    return this.#held;
  }

  #pool(size: number): Float64Array[] {
    const known = this.#pools.get(size);
    if (known) return known;
    const made: Float64Array[] = [];
    this.#pools.set(size, made);
    return made;
  }
}

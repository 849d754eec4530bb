import type { TensorEngine } from '../engine.ts';
import type { NdArray } from '../nd-array.ts';
import type { Primitive } from '../primitive.ts';
import type { Shape } from '../shape.ts';
import { Float64Ops } from './float64-ops.ts';

/** The exact engine as one that trains: for tiny graphs, whose cost on the others is all in the calls. */
export class Float64Engine extends Float64Ops implements TensorEngine<NdArray> {
  override readonly name = 'js';
  #held = 0;

  override constant(array: NdArray): NdArray {
    this.#held++;
    return array;
  }

  override apply(primitive: Primitive, inputs: readonly NdArray[]): NdArray {
    const result = super.apply(primitive, inputs);
    this.#held++;
    return result;
  }

  upload(shape: Shape, data: Float32Array): NdArray {
    this.#held++;
    return { shape, data: Float64Array.from(data) };
  }

  read(tensor: NdArray): Float64Array {
    return tensor.data;
  }

  release(): void {
    this.#held--;
  }

  held(): number {
    return this.#held;
  }
}

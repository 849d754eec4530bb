import {
  type DataType,
  getKernel,
  type KernelBackend,
  type KernelFunc,
  type NamedAttrMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { type Shape, sizeOf } from '../shape.ts';

/** A backend without the kernel that was asked for. */
export class MissingKernel extends Error {
  override readonly name = 'MissingKernel';
}

/**
 * The kernels of one TensorFlow.js backend, called directly: the library's own ops, tapes and scopes
 * would cost several times what a small kernel does. Who calls owns the results and frees them.
 */
export class Kernels {
  readonly name: string;
  readonly #backend: KernelBackend;
  readonly #functions = new Map<string, KernelFunc>();

  constructor(name: string, backend: KernelBackend) {
    this.name = name;
    this.#backend = backend;
  }

  /** Runs a kernel. Throws `MissingKernel` where this backend has none of that name. */
  run(kernel: string, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap = {}): TensorInfo {
    const result = this.#function(kernel)({ inputs, attrs, backend: this.#backend });
    // Only kernels with one result are used.
    return Array.isArray(result) ? (result[0] as TensorInfo) : result;
  }

  /** Joins tensors; the only kernel that takes a list. */
  concat(parts: readonly TensorInfo[], axis: number): TensorInfo {
    const inputs: object = [...parts];
    return this.run('Concat', inputs as Record<string, TensorInfo>, { axis });
  }

  upload(shape: Shape, data: Float32Array | Int32Array, dtype: DataType = 'float32'): TensorInfo {
    // All but wasm keep the array itself, those on a GPU until it is needed there.
    const own = this.name === 'wasm' ? data : data.slice();
    return { dataId: this.#backend.write(own, [...shape], dtype), shape: [...shape], dtype };
  }

  read(tensor: TensorInfo): Float32Array {
    const data = this.#backend.readSync(tensor.dataId);
    // All but wasm give their own array, and who reads may hand it on to another process.
    if (this.name !== 'wasm') return Float32Array.from(data as Float32Array);
    return data instanceof Float32Array ? data : Float32Array.from(data as Int32Array);
  }

  /** The same without holding up the GPU. */
  async readLater(tensor: TensorInfo): Promise<Float32Array> {
    return Float32Array.from((await this.#backend.read(tensor.dataId)) as Float32Array);
  }

  free(tensor: TensorInfo): void {
    this.#backend.disposeData(tensor.dataId);
  }

  held(): number {
    return this.#backend.numDataIds();
  }

  /** The same numbers seen in another shape; counts as a tensor of its own. */
  reshape(x: TensorInfo, shape: Shape): TensorInfo {
    return this.run('Reshape', { x }, { shape: [...shape] });
  }

  transpose(x: TensorInfo, permutation: readonly number[]): TensorInfo {
    return this.run('Transpose', { x }, { perm: [...permutation] });
  }

  /** As float32; takes the tensor over. */
  float(x: TensorInfo): TensorInfo {
    if (x.dtype === 'float32') return x;
    return this.consume(x, (other) => this.run('Cast', { x: other }, { dtype: 'float32' }));
  }

  /** Whole numbers as int32, which is what kernels want as indices. */
  index(x: TensorInfo): TensorInfo {
    return this.run('Cast', { x }, { dtype: 'int32' });
  }

  /** Uses a tensor that only this step needs, and frees it. */
  consume(x: TensorInfo, use: (x: TensorInfo) => TensorInfo): TensorInfo {
    try {
      return use(x);
    } finally {
      this.free(x);
    }
  }

  /** A tensor full of one number, for strategies; the caller frees it. */
  filled(shape: Shape, value: number): TensorInfo {
    return this.upload(shape, new Float32Array(sizeOf(shape)).fill(value));
  }

  #function(kernel: string): KernelFunc {
    const known = this.#functions.get(kernel);
    if (known) return known;
    const found = getKernel(kernel, this.name)?.kernelFunc;
    if (!found) throw new MissingKernel(kernel);
    this.#functions.set(kernel, found);
    return found;
  }
}

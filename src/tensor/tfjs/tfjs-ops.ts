import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { EngineDevice, TensorEngine } from '../engine.ts';
import { TensorError } from '../errors.ts';
import { Float64Ops } from '../float64/float64-ops.ts';
import type { NdArray } from '../nd-array.ts';
import { isBinary, isUnary, type Primitive } from '../primitive.ts';
import type { Shape } from '../shape.ts';
import { type Convolution, createWasmConvolution, nativeConvolution } from './convolution.ts';
import {
  type Binary,
  broadcastTo,
  createWasmBinary,
  nativeBinary,
  unary,
  where,
} from './elementwise.ts';
import { type Kernels, MissingKernel } from './kernels.ts';
import { createWasmMatmul, type Matmul, nativeMatmul } from './matmul.ts';
import { createWasmTranspose, nativeTranspose, pad, slice, type Transpose } from './movement.ts';
import type { OwnKernels } from './own-kernels.ts';
import {
  avgPool,
  avgPoolGradient,
  createWasmMaxPooling,
  type MaxPooling,
  nativeMaxPooling,
} from './pooling.ts';
import { createWasmSum, nativeSum, type Sum } from './reduction.ts';

/** What is done differently from backend to backend. */
export interface Strategy {
  readonly matmul: Matmul;
  readonly sum: Sum;
  readonly convolution: Convolution;
  readonly maxPooling: MaxPooling;
  readonly binary: Binary;
  readonly transpose: Transpose;
}

/** By the backend's own kernels. */
export const nativeStrategy: Strategy = {
  matmul: nativeMatmul,
  sum: nativeSum,
  convolution: nativeConvolution,
  maxPooling: nativeMaxPooling,
  binary: nativeBinary,
  transpose: nativeTranspose,
};

/** By ours, which take turns with those of the backend where that has several threads. */
export function wasmStrategy(own: OwnKernels, threads: number): Strategy {
  return {
    matmul: createWasmMatmul(own, threads),
    sum: createWasmSum(own),
    convolution: createWasmConvolution(own, threads),
    maxPooling: createWasmMaxPooling(own),
    binary: createWasmBinary(own),
    transpose: createWasmTranspose(own),
  };
}

/**
 * The fast engine: primitives on one TensorFlow.js backend, in float32. Indices are float32 too, as in
 * every engine of ours; kernels that want whole numbers get them cast.
 */
export class TfjsOps implements TensorEngine<TensorInfo> {
  readonly name: string;
  readonly device: EngineDevice | undefined;
  readonly #kernels: Kernels;
  readonly #strategy: Strategy;

  constructor(kernels: Kernels, strategy: Strategy = nativeStrategy, device?: EngineDevice) {
    this.name = kernels.name;
    this.device = device;
    this.#kernels = kernels;
    this.#strategy = strategy;
  }

  constant({ shape, data }: NdArray): TensorInfo {
    return this.#kernels.upload(shape, Float32Array.from(data));
  }

  shape(tensor: TensorInfo): Shape {
    return tensor.shape;
  }

  upload(shape: Shape, data: Float32Array): TensorInfo {
    return this.#kernels.upload(shape, data);
  }

  read(tensor: TensorInfo): Float32Array {
    return this.#kernels.read(tensor);
  }

  release(tensor: TensorInfo): void {
    this.#kernels.free(tensor);
  }

  held(): number {
    return this.#kernels.held();
  }

  apply(primitive: Primitive, inputs: readonly TensorInfo[]): TensorInfo {
    try {
      return this.compute(primitive, inputs);
    } catch (error) {
      if (error instanceof TensorError) throw error;
      if (error instanceof MissingKernel) {
        throw new TensorError(
          'no-kernel',
          `The engine “${this.name}” cannot do “${primitive.op}”: it has no kernel ${error.message}.`,
        );
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new TensorError(
        'failed',
        `The engine “${this.name}” failed in “${primitive.op}”: ${reason.replace(/\.$/, '')}.`,
      );
    }
  }

  /** The primitive’s result; throws whatever the backend does. */
  protected compute(primitive: Primitive, inputs: readonly TensorInfo[]): TensorInfo {
    const k = this.#kernels;
    const { matmul, sum, convolution, maxPooling, binary, transpose } = this.#strategy;
    const [a = missing(primitive), b = a, c = a] = inputs;
    if (isUnary(primitive)) return unary(k, primitive.op, a);
    if (isBinary(primitive)) return binary(k, primitive.op, a, b);
    switch (primitive.op) {
      case 'where':
        return where(k, a, b, c);
      case 'sum':
        return sum(k, a, primitive.axes, primitive.keepDims);
      case 'reduceMax': {
        const { axes, keepDims } = primitive;
        return k.run('Max', { x: a }, { reductionIndices: [...axes], keepDims });
      }
      case 'argMax':
        return k.float(k.run('ArgMax', { x: a }, { axis: primitive.axis }));
      case 'matmul':
        return matmul(k, a, b, primitive.transposeA, primitive.transposeB);
      case 'reshape':
        return k.reshape(a, primitive.shape);
      case 'transpose':
        return transpose(k, a, primitive.permutation);
      case 'broadcastTo':
        return broadcastTo(k, a, primitive.shape);
      case 'concat':
        return k.concat(inputs, primitive.axis);
      case 'slice':
        return slice(k, a, primitive.start, primitive.size);
      case 'pad':
        return pad(k, a, primitive.padding);
      case 'oneHot': {
        const attrs = { depth: primitive.classes, onValue: 1, offValue: 0, dtype: 'int32' };
        // The kernel of wasm writes whole numbers, whatever type it is asked for.
        return k.float(k.consume(k.index(a), (indices) => k.run('OneHot', { indices }, attrs)));
      }
      case 'gather':
        return k.consume(k.index(b), (indices) =>
          k.run('GatherV2', { x: a, indices }, { axis: 0, batchDims: 0 }),
        );
      case 'conv2d':
        return convolution.forward(k, a, b, primitive);
      case 'conv2dInputGradient':
        return convolution.inputGradient(k, a, b, primitive.inputShape, primitive);
      case 'conv2dFilterGradient':
        return convolution.filterGradient(k, a, b, primitive.filterShape, primitive);
      case 'maxPool2d':
        return maxPooling.forward(k, a, primitive.size, primitive);
      case 'maxPool2dGradient':
        return maxPooling.gradient(k, a, b, primitive.size, primitive);
      case 'avgPool2d':
        return avgPool(k, a, primitive.size, primitive);
      case 'avgPool2dGradient':
        return avgPoolGradient(k, a, primitive.inputShape, primitive.size, primitive);
      case 'inverse':
      case 'logAbsDet':
        return this.#exactly(primitive, a);
    }
  }

  /** Through the exact engine: no backend has these, and float32 would lose too much in them. */
  #exactly(primitive: Primitive, x: TensorInfo): TensorInfo {
    const exact = { shape: x.shape, data: Float64Array.from(this.read(x)) };
    return this.constant(new Float64Ops().apply(primitive, [exact]));
  }
}

function missing({ op }: Primitive): never {
  throw new TensorError('no-kernel', `The primitive ${op} was applied to nothing.`);
}

import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import type { EngineDevice } from '../engine.ts';
import { TensorError } from '../errors.ts';
import type { Primitive } from '../primitive.ts';
import { sizeOf } from '../shape.ts';
import { maxPoolGradient, sine } from './gpu-kernels.ts';
import type { Kernels } from './kernels.ts';
import { nativeMaxPooling } from './pooling.ts';
import { nativeStrategy, type Strategy, TfjsOps } from './tfjs-ops.ts';

/** The GPU under an engine. It may be lost at any moment, and tells of errors only when it is asked. */
export interface Gpu {
  readonly device: EngineDevice;
  /** Calls back once, when the GPU is lost, with the reason. */
  onLost(tell: (reason: string) => void): void;
  /** What has gone wrong since it was asked last: an answer to everything that was begun before. */
  fault(): Promise<string | undefined>;
}

const gpuStrategy: Strategy = {
  ...nativeStrategy,
  maxPooling: { ...nativeMaxPooling, gradient: maxPoolGradient },
};

/**
 * The fast engine on a GPU. What goes wrong there shows when numbers are read: then, and at every call
 * after, the engine throws `TensorError` `lost`. It is of no use any more; another one can be started.
 */
export class GpuOps extends TfjsOps {
  readonly #gpu: Gpu;
  readonly #kernels: Kernels;
  #lost: TensorError | undefined;
  /** Who waits for numbers, to be told where they never come. */
  readonly #waiting = new Set<(error: TensorError) => void>();

  constructor(kernels: Kernels, gpu: Gpu) {
    super(kernels, gpuStrategy, gpu.device);
    this.#kernels = kernels;
    this.#gpu = gpu;
    gpu.onLost((reason) => this.#lose(reason));
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  override apply(primitive: Primitive, inputs: readonly TensorInfo[]): TensorInfo {
    if (this.#lost) throw this.#lost;
    return super.apply(primitive, inputs);
  }

  protected override compute(primitive: Primitive, inputs: readonly TensorInfo[]): TensorInfo {
    const k = this.#kernels;
    const [x] = inputs;
    if (x && primitive.op === 'sin') return sine(k, x);
    if (x && primitive.op === 'cos') return sine(k, x, Math.PI / 2);
    const result =
      this.name === 'webgpu' && isLongProduct(primitive, inputs)
        ? withPackedProducts(() => super.compute(primitive, inputs))
        : super.compute(primitive, inputs);
    if (!x || primitive.op !== 'argMax') return result;
    // WebGPU’s kernel leaves an axis where none is left.
    return { ...result, shape: x.shape.filter((_, axis) => axis !== primitive.axis) };
  }

  override read(tensor: TensorInfo): Float32Array {
    if (this.#lost) throw this.#lost;
    return super.read(tensor);
  }

  readLater(tensor: TensorInfo): Promise<Float32Array> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const end = (settle: () => void) => {
        this.#waiting.delete(reject);
        settle();
      };
      // Asked at once, so that both answers are on their way together.
      Promise.all([this.#kernels.readLater(tensor), this.#gpu.fault()]).then(
        ([numbers, fault]) =>
          end(() => (fault === undefined ? resolve(numbers) : reject(this.#lose(fault)))),
        (error: unknown) => end(() => reject(this.#lose(reasonOf(error)))),
      );
    });
  }

  override release(tensor: TensorInfo): void {
    // What was on a lost GPU is gone.
    if (!this.#lost) super.release(tensor);
  }

  #lose(reason: string): TensorError {
    this.#lost ??= new TensorError(
      'lost',
      `The GPU of the engine “${this.name}” failed: ${reason}.`,
    );
    for (const tell of this.#waiting) tell(this.#lost);
    this.#waiting.clear();
    return this.#lost;
  }
}

/** Drivers’ names of adapters that are no GPU but a program that behaves like one. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i;

/** What a driver’s description says. */
export function gpuDevice(description: string): EngineDevice {
  return { description, software: softwareNames.test(description) };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.$/, '');
}

/** From so many terms on, WebGPU's backend may split the sums of a product and add the parts up, wrongly. */
const longest = 2000;

const productProgram = 'WEBGPU_MATMUL_PROGRAM_TYPE';

/** What the flag stands at by itself, and the backend's usual way with products. */
const [anyProgram, packedProgram] = [-1, 3];

function isLongProduct(primitive: Primitive, [a, b]: readonly TensorInfo[]): boolean {
  if (!a || !b) return false;
  if (primitive.op === 'matmul') {
    return ((primitive.transposeA ? a.shape.at(-2) : a.shape.at(-1)) ?? 1) >= longest;
  }
  return primitive.op === 'conv2d' && sizeOf(b.shape.slice(0, 3)) >= longest;
}

function withPackedProducts<R>(compute: () => R): R {
  env().set(productProgram, packedProgram);
  try {
    return compute();
  } finally {
    env().set(productProgram, anyProgram);
  }
}

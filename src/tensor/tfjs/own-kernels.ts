import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { TensorError } from '../errors.ts';
import type { Window } from '../primitive.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { kernels, sharedKernels } from './generated/kernels.ts';

type Lengths = readonly number[];

/** What the compiled kernels export; see `assembly/kernels.ts`. All arguments are whole numbers. */
type Exports = Readonly<
  Record<
    | 'matmul'
    | 'packedBytes'
    | 'conv2d'
    | 'conv2dInputGradient'
    | 'windowEntries'
    | 'conv2dFilterGradient'
    | 'maxPool2d'
    | 'maxPool2dGradient'
    | 'sumRows'
    | 'withRow'
    | 'transpose',
    (...args: number[]) => number
  >
>;

/** A place in the backend's memory, in bytes. */
type Address = number;

/** What every module made by Emscripten exports. */
interface Heap {
  _malloc(bytes: number): Address;
  _free(address: Address): void;
}

/** Rows that are combined with every row of a matrix, by the numbers that the kernel knows them by. */
export const rowOperations = { add: 0, sub: 1, mul: 2, div: 3 } as const;

/** From so many multiplications on, the backend's threads win over our own kernels on one. */
export const worthThreads = 2 ** 23;

/** Columns are worked on by the eight. */
const panel = 8;

/**
 * Our own kernels for the wasm backend, which work in its memory on its tensors: what it lacks, or does
 * slowly. Results are tensors of the backend, the caller's to free.
 */
export class OwnKernels {
  readonly #backend: BackendWasm;
  readonly #exports: Exports;
  readonly #heap: Heap;
  #scratch: Address = 0;
  #scratchBytes = 0;

  /** Throws `TensorError` `no-engine` where the backend's memory cannot be reached. */
  constructor(backend: KernelBackend) {
    this.#backend = backend as BackendWasm;
    const { wasm } = this.#backend;
    this.#exports = instantiate(memoryOf(wasm));
    this.#heap = wasm as typeof wasm & Heap;
  }

  /** The product of two matrices, either transposed first if asked; a leading axis stacks products. */
  matmul(a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean, shape: Shape) {
    const [m = 1, n = 1] = shape.slice(-2);
    const k = (transposeA ? a.shape.at(-2) : a.shape.at(-1)) ?? 1;
    const out = this.#make(shape);
    const [x, y, z] = [this.#at(a), this.#at(b), this.#at(out)];
    const scratch = this.#need(this.#exports.packedBytes(k, n));
    const aStep = sizeOf(a.shape.slice(0, -2)) === 1 ? 0 : 4 * m * k;
    const bStep = sizeOf(b.shape.slice(0, -2)) === 1 ? 0 : 4 * k * n;
    const [ta, tb] = [Number(transposeA), Number(transposeB)];
    for (let at = 0; at < sizeOf(shape.slice(0, -2)); at++) {
      const product = z + at * 4 * m * n;
      this.#exports.matmul(m, n, k, x + at * aStep, ta, y + at * bStep, tb, product, scratch);
    }
    return out;
  }

  conv2d(x: TensorInfo, filter: TensorInfo, window: Window): TensorInfo {
    const size = sizes(x.shape, filter.shape, window);
    const { images, outHeight, outWidth, filters, terms } = size;
    const out = this.#make([images, outHeight, outWidth, filters]);
    const scratch = this.#need(4 * (terms * eights(filters) + size.frame));
    this.#exports.conv2d(...size.args, this.#at(x), this.#at(filter), this.#at(out), scratch);
    return out;
  }

  conv2dInputGradient(upstream: TensorInfo, filter: TensorInfo, inputShape: Shape, window: Window) {
    const size = sizes(inputShape, filter.shape, window);
    const { outHeight, outWidth, filters, terms } = size;
    const out = this.#make(inputShape);
    const windows = this.#exports.windowEntries(outHeight, outWidth, terms);
    const scratch = this.#need(4 * (filters * eights(terms) + windows + size.frame));
    const places = [this.#at(upstream), this.#at(filter), this.#at(out)];
    this.#exports.conv2dInputGradient(...size.args, ...places, scratch);
    return out;
  }

  conv2dFilterGradient(x: TensorInfo, upstream: TensorInfo, filterShape: Shape, window: Window) {
    const size = sizes(x.shape, filterShape, window);
    const { outHeight, outWidth, filters } = size;
    const out = this.#make(filterShape);
    const scratch = this.#need(4 * (outHeight * outWidth * eights(filters) + size.frame));
    const places = [this.#at(x), this.#at(upstream), this.#at(out)];
    this.#exports.conv2dFilterGradient(...size.args, ...places, scratch);
    return out;
  }

  maxPool2d(x: TensorInfo, shape: Shape, size: number, { stride, padding }: Window): TensorInfo {
    const out = this.#make(shape);
    const [images = 1, height = 1, width = 1, channels = 1] = x.shape;
    const args = [images, height, width, channels, size, stride, padding];
    this.#exports.maxPool2d(...args, this.#at(x), this.#at(out));
    return out;
  }

  maxPool2dGradient(x: TensorInfo, upstream: TensorInfo, size: number, window: Window) {
    const { stride, padding } = window;
    const out = this.#make(x.shape);
    const [images = 1, height = 1, width = 1, channels = 1] = x.shape;
    const args = [images, height, width, channels, size, stride, padding];
    this.#exports.maxPool2dGradient(...args, this.#at(x), this.#at(upstream), this.#at(out));
    return out;
  }

  /** The sum over the first `rows` entries' worth of axes: [rows, columns] → [columns], as `shape`. */
  sumRows(x: TensorInfo, rows: number, shape: Shape): TensorInfo {
    const columns = sizeOf(shape);
    const out = this.#make(shape);
    const scratch = this.#need(8 * columns);
    this.#exports.sumRows(rows, columns, this.#at(x), this.#at(out), scratch);
    return out;
  }

  /** Every row of `x` combined with the one row that `row` is. */
  withRow(operation: keyof typeof rowOperations, x: TensorInfo, row: TensorInfo): TensorInfo {
    const columns = sizeOf(row.shape);
    const rows = sizeOf(x.shape) / columns;
    const out = this.#make(x.shape);
    const places = [this.#at(x), this.#at(row), this.#at(out)];
    this.#exports.withRow(rowOperations[operation], rows, columns, ...places);
    return out;
  }

  /** A matrix transposed. */
  transpose(x: TensorInfo): TensorInfo {
    const [rows = 1, columns = 1] = x.shape;
    const out = this.#make([columns, rows]);
    this.#exports.transpose(rows, columns, this.#at(x), this.#at(out));
    return out;
  }

  #make(shape: Shape): TensorInfo {
    return this.#backend.makeOutput([...shape], 'float32');
  }

  #at({ dataId }: TensorInfo): Address {
    return this.#backend.getMemoryOffset(dataId);
  }

  /** Memory for intermediate results, used again by every kernel. */
  #need(bytes: number): Address {
    if (bytes <= this.#scratchBytes) return this.#scratch;
    if (this.#scratch !== 0) this.#heap._free(this.#scratch);
    this.#scratch = this.#heap._malloc(bytes);
    this.#scratchBytes = this.#scratch === 0 ? 0 : bytes;
    if (this.#scratch === 0)
      throw new TensorError('no-memory', 'The engine “wasm” is out of memory.');
    return this.#scratch;
  }
}

function eights(length: number): number {
  return Math.ceil(length / panel) * panel;
}

function sizes(x: Lengths, filter: Lengths, { stride, padding }: Window) {
  const [images = 1, height = 1, width = 1, channels = 1] = x;
  const [rows = 1, columns = 1, , filters = 1] = filter;
  const along = (length: number, window: number) =>
    Math.floor((length + 2 * padding - window) / stride) + 1;
  return {
    images,
    filters,
    outHeight: along(height, rows),
    outWidth: along(width, columns),
    terms: rows * columns * channels,
    /** Entries of an image with its frame. */
    frame: padding > 0 ? (height + 2 * padding) * (width + 2 * padding) * channels : 0,
    args: [images, height, width, channels, rows, columns, filters, stride, padding],
  };
}

function memoryOf(wasm: object): WebAssembly.Memory {
  const held = 'wasmMemory' in wasm ? wasm.wasmMemory : undefined;
  const asm = 'asm' in wasm ? wasm.asm : undefined;
  const exported = typeof asm === 'object' && asm !== null ? Object.values(asm) : [];
  const memory = [held, ...exported].find((value) => value instanceof WebAssembly.Memory);
  if (!memory)
    throw new TensorError('no-engine', 'The memory of the engine “wasm” is out of reach.');
  return memory;
}

function instantiate(memory: WebAssembly.Memory): Exports {
  const isShared =
    typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const text = atob(isShared ? sharedKernels : kernels);
  const module = new WebAssembly.Module(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
}

export type { Call, EngineDevice, Linked, Prepared, TensorEngine } from './engine.ts';
export { TensorError, type TensorErrorCode } from './errors.ts';
export { Float64Engine } from './float64/float64-engine.ts';
export { Float64Ops } from './float64/float64-ops.ts';
export { half } from './half.ts';
export {
  exampleOf,
  filled,
  fromNested,
  type NdArray,
  type Nested,
  ndArray,
  scalar,
  toNested,
} from './nd-array.ts';
export {
  type BinaryName,
  isBinary,
  isUnary,
  type Primitive,
  type PrimitiveName,
  type PrimitiveOf,
  type UnaryName,
  type Window,
} from './primitive.ts';
export { primitiveShape, windowCount } from './primitive-shape.ts';
export { permutation, type Random, seededRandom } from './random.ts';
export {
  broadcastShapes,
  checkSize,
  formatShape,
  maximumEntries,
  normalizeAxes,
  normalizeAxis,
  reducedShape,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
} from './shape.ts';
export type { TensorOps } from './tensor-ops.ts';
export { startTfjs } from './tfjs/load.ts';
export type { BackendName, BackendOptions } from './tfjs/start.ts';
export type { TfjsOps } from './tfjs/tfjs-ops.ts';
export { type ArrayValue, type Form, formatForm, type Value } from './value.ts';
export { type MatmulOptions, type Operand, ValueOps } from './value-ops.ts';

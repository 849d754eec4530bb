import { z } from 'zod';
import { fromNested, type NdArray, type Nested, sameShape, sizeOf } from '#tensor';
import { decodeFloat32, encodeFloat32 } from './float32.ts';

/** No attributes. */
export const noAttrs = z.strictObject({});

/** Largest number of entries a value in a document may have. */
const maximumEntries = 10 ** 9;

/** Nobody has tensors of more axes, and reading deeper ones could exhaust the stack. */
const maximumAxes = 64;

/** Axis lengths of one example: whole numbers from 1. */
export const shapeAttr = z
  .array(z.int().min(1, { error: 'Every axis of a shape needs a length of at least 1.' }))
  .max(maximumAxes, { error: `A tensor has at most ${maximumAxes} axes.` })
  .refine((shape) => sizeOf(shape) <= maximumEntries, {
    error: 'This shape has more than a thousand million entries.',
  });

/** Nested arrays of numbers in the file (big ones as base64 of float32), an `NdArray` in memory. */
export const tensorAttr = z.codec(
  z.unknown(),
  z.custom<NdArray>((value) => isNdArray(value)),
  {
    decode: (raw, context) => {
      try {
        return readTensor(raw);
      } catch (error) {
        const message = error instanceof Error ? error.message : 'This is no tensor.';
        context.issues.push({ code: 'custom', message, input: raw });
        return z.NEVER;
      }
    },
    encode: (array) => writeTensor(array),
  },
);

/** From this many entries on, values that float32 holds exactly are written as base64. */
const packedFrom = 256;

const packedTensor = z.object({ float32: z.string(), shape: z.array(z.int().min(0)) });

function readTensor(raw: unknown): NdArray {
  if (isNdArray(raw)) return raw;
  if (typeof raw === 'object' && raw !== null && 'float32' in raw) {
    const parsed = packedTensor.safeParse(raw);
    if (!parsed.success)
      throw new Error('A packed tensor needs float32 (base64) and shape (lengths).');
    const packed = parsed.data;
    const data = decodeFloat32(packed.float32);
    if (data.length !== sizeOf(packed.shape)) {
      throw new Error(
        `${data.length} packed numbers do not fill the shape [${packed.shape.join(', ')}].`,
      );
    }
    return { shape: packed.shape, data };
  }
  return fromNested(readNested(raw));
}

function readNested(raw: unknown, axes = 0): Nested {
  if (typeof raw === 'number') return raw;
  if (axes > maximumAxes) throw new Error(`A tensor has at most ${maximumAxes} axes.`);
  if (Array.isArray(raw)) return raw.map((row) => readNested(row, axes + 1));
  if (raw === 'NaN' || raw === 'Infinity' || raw === '-Infinity') return Number(raw);
  throw new Error(`${describe(raw)} stands where a number is needed.`);
}

function writeTensor(array: NdArray): unknown {
  if (array.data.length >= packedFrom && array.data.every((x) => Object.is(Math.fround(x), x))) {
    return { float32: encodeFloat32(array.data), shape: [...array.shape] };
  }
  let next = 0;
  const write = (axis: number): unknown => {
    const length = array.shape[axis];
    if (length !== undefined) return Array.from({ length }, () => write(axis + 1));
    const value = array.data[next++] ?? 0;
    return Number.isFinite(value) ? value : String(value);
  };
  return write(0);
}

function isNdArray(value: unknown): value is NdArray {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shape' in value &&
    'data' in value &&
    value.data instanceof Float64Array
  );
}

function describe(raw: unknown): string {
  const text = JSON.stringify(raw) ?? String(raw);
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

/** Says what is wrong with a value whose shape must be `wanted`; undefined where it fits. */
export function valueMismatch(value: NdArray, wanted: readonly number[]): string | undefined {
  if (sameShape(value.shape, wanted)) return undefined;
  return `The value has shape [${value.shape.join(', ')}] where [${wanted.join(', ')}] is declared.`;
}

import type { NdArray } from '../nd-array.ts';
import { primitiveShape } from '../primitive-shape.ts';
import { type Shape, sizeOf, stridesOf } from '../shape.ts';
import { alignedStrides, forEachOffset } from './strided.ts';
import { zeros } from './zeros.ts';

export function reshape(x: NdArray, shape: Shape): NdArray {
  return { shape: primitiveShape({ op: 'reshape', shape }, [x.shape]), data: x.data };
}

export function transpose(x: NdArray, permutation: readonly number[]): NdArray {
  const strides = stridesOf(x.shape);
  const shape = primitiveShape({ op: 'transpose', permutation }, [x.shape]);
  return gathered(
    x,
    shape,
    permutation.map((axis) => strides[axis] ?? 1),
  );
}

export function broadcastTo(x: NdArray, shape: Shape): NdArray {
  const result = primitiveShape({ op: 'broadcastTo', shape }, [x.shape]);
  if (x.data.length === 1) {
    return { shape: result, data: zeros(result).fill(x.data[0] as number) };
  }
  return gathered(x, result, alignedStrides(x.shape, result));
}

export function concat(parts: readonly NdArray[], axis: number): NdArray {
  const shape = primitiveShape(
    { op: 'concat', axis },
    parts.map((part) => part.shape),
  );
  const data = zeros(shape);
  const outer = sizeOf(shape.slice(0, axis));
  let next = 0;
  for (let i = 0; i < outer; i++) {
    for (const part of parts) {
      const run = part.data.length / outer;
      data.set(part.data.subarray(i * run, (i + 1) * run), next);
      next += run;
    }
  }
  return { shape, data };
}

export function slice(x: NdArray, start: readonly number[], size: Shape): NdArray {
  const strides = stridesOf(x.shape);
  const origin = start.reduce((sum, index, axis) => sum + index * (strides[axis] ?? 0), 0);
  return gathered(x, size, strides, origin);
}

export function pad(x: NdArray, padding: readonly (readonly [number, number])[]): NdArray {
  const shape = primitiveShape({ op: 'pad', padding }, [x.shape]);
  const data = zeros(shape);
  const strides = stridesOf(shape);
  const origin = padding.reduce((sum, [before], axis) => sum + before * (strides[axis] ?? 0), 0);
  let next = 0;
  forEachOffset(x.shape, [strides], ([at = 0]) => {
    data[origin + at] = x.data[next++] as number;
  });
  return { shape, data };
}

function gathered(x: NdArray, shape: Shape, strides: readonly number[], origin = 0): NdArray {
  const data = zeros(shape);
  let next = 0;
  forEachOffset(shape, [strides], ([at = 0]) => {
    data[next++] = x.data[origin + at] as number;
  });
  return { shape, data };
}

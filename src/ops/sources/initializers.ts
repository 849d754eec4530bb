import { z } from 'zod';
import { filled, type NdArray, type Shape, seededRandom, sizeOf } from '#tensor';

/** How a parameter without a value starts. Distributions: goldens and LECTURES, “Initialization laboratory”. */
export const initAttr = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), value: z.number().default(0) }),
  z.strictObject({
    kind: z.literal('normal'),
    mean: z.number().default(0),
    deviation: z.number().min(0).default(1),
  }),
  z.strictObject({
    kind: z.literal('uniform'),
    low: z.number().default(-1),
    high: z.number().default(1),
  }),
  z.strictObject({ kind: z.literal('xavier') }),
  z.strictObject({ kind: z.literal('xavierUniform') }),
  z.strictObject({ kind: z.literal('he') }),
  z.strictObject({ kind: z.literal('identity') }),
]);

export type Initializer = z.output<typeof initAttr>;

/** What a parameter starts from when its initializer is not chosen: zeros for scalars and vectors, He for weights. */
export function defaultInitializer(shape: Shape): Initializer {
  return shape.length < 2 ? { kind: 'constant', value: 0 } : { kind: 'he' };
}

/**
 * How many numbers go into one unit and out of one: [m,n] has n in and m out; a convolution filter
 * [kh,kw,c,f] has kh·kw·c in and kh·kw·f out.
 */
export function fans(shape: Shape): { readonly in: number; readonly out: number } {
  if (shape.length === 4) {
    const [kh = 1, kw = 1, c = 1, f = 1] = shape;
    return { in: kh * kw * c, out: kh * kw * f };
  }
  const into = shape.at(-1) ?? 1;
  return { in: into, out: sizeOf(shape) / into };
}

/**
 * Draws a parameter's first value. Xavier: variance 2/(in + out) (Glorot and Bengio 2010), normal or
 * uniform on ±√(6/(in + out)); He: variance 2/in (He et al. 2015). `id` keeps parameters with one seed apart.
 */
export function initialValue(
  shape: Shape,
  init: Initializer = defaultInitializer(shape),
  seed = 0,
  id = '',
): NdArray {
  const random = seededRandom(seed, id);
  const fan = fans(shape);
  const result = filled(shape, 0);
  const fill = (draw: () => number): NdArray => {
    for (let i = 0; i < result.data.length; i++) result.data[i] = draw();
    return result;
  };
  switch (init.kind) {
    case 'constant':
      return filled(shape, init.value);
    case 'normal':
      return fill(() => init.mean + init.deviation * random.normal());
    case 'uniform':
      return fill(() => init.low + (init.high - init.low) * random.uniform());
    case 'xavier':
      return fill(() => Math.sqrt(2 / (fan.in + fan.out)) * random.normal());
    case 'xavierUniform': {
      const bound = Math.sqrt(6 / (fan.in + fan.out));
      return fill(() => bound * (2 * random.uniform() - 1));
    }
    case 'he':
      return fill(() => Math.sqrt(2 / fan.in) * random.normal());
    case 'identity': {
      const columns = shape.at(-1) ?? 1;
      for (let i = 0; i * columns + i < result.data.length && i < columns; i++) {
        result.data[i * columns + i] = 1;
      }
      return result;
    }
  }
}

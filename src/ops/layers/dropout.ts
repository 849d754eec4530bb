import { z } from 'zod';
import {
  exampleOf,
  filled,
  formatShape,
  type NdArray,
  type Shape,
  sameShape,
  seededRandom,
  TensorError,
  type Value,
  type ValueOps,
} from '#tensor';
import { numberWhere } from '../attrs/numbers.ts';
import { tensorAttr } from '../attrs/schemas.ts';
import { type Auxiliary, defineOperation, type Inputs, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';
import { stackShape } from './image.ts';

const dropoutAttrs = z.strictObject({
  keep: numberWhere(
    'The probability of keeping',
    'more than 0 and at most 1',
    (value) => value > 0 && value <= 1,
  ).default(0.5),
  seed: z.int({ error: 'The seed must be a whole number.' }).default(0),
  mask: tensorAttr.optional(),
  training: z.boolean().default(true),
});

type DropoutAttrs = z.output<typeof dropoutAttrs>;

/** Inverted dropout (Srivastava et al. 2014): dividing by `keep` here spares doing so when testing. */
export const dropout = defineOperation({
  id: 'dropout',
  title: 'dropout',
  nickname: 'random switch',
  group: 'layers',
  symbol: '⚄',
  help: 'While training, keeps each entry with the given probability and sets the others to 0; what is kept is divided by that probability, so that the average stays. A new mask is drawn for every mini-batch. When not training, everything passes unchanged.',
  passes:
    'passes the upstream gradient, divided by the probability of keeping, where the entry was kept, and 0 elsewhere',
  ports: [port('x')],
  attrs: dropoutAttrs,
  latex: {
    forward: ({ x }, { training, keep }) => (training ? `\\tfrac{1}{${keep}}\\, m \\odot ${x}` : x),
    local: (_, __, { training, keep }) => ({ x: training ? `\\tfrac{1}{${keep}}\\, m` : '1' }),
  },
  sample: {
    attrs: { keep: 0.5, seed: 3 },
    inputs: {
      x: {
        batched: true,
        value: [
          [0.5, -1.5, 2],
          [1.25, 0.75, -0.5],
        ],
      },
    },
  },
  form: ({ x }, { mask, training }) => {
    if (mask && training) {
      const wanted = x.batched ? `[examples, ${x.shape.join(', ')}]` : formatShape(x.shape);
      const own = x.batched ? mask.shape.slice(1) : mask.shape;
      if (!sameShape(own, x.shape) || (x.batched && mask.shape.length === 0)) {
        throw new ShapeError(
          `The mask must be ${wanted} like x, and it is ${formatShape(mask.shape)}.`,
          'x',
        );
      }
    }
    return x;
  },
  auxiliary: ({ x: form }, { keep, seed, mask, training }): Readonly<Record<string, Auxiliary>> =>
    training && !mask ? { mask: { kind: 'mask', form, keep, seed } } : {},
  replica: ({ x }, attrs, example, examples) =>
    attrs.training && x.batched
      ? {
          ...attrs,
          mask: exampleOf(attrs.mask ?? drawnMask([examples, ...x.shape], attrs), example),
        }
      : attrs,
  forward: (o, inputs, attrs) =>
    attrs.training ? o.mul(inputs.x, factor(o, inputs, attrs)) : inputs.x,
  derivative: (o, { inputs, attrs }) => ({
    x: attrs.training ? factor(o, inputs, attrs) : 1,
  }),
});

/** mask / keep. The mask: handed in by whoever evaluates, else the given one, else drawn from the seed. */
function factor<T>(
  o: ValueOps<T>,
  { x, mask }: Inputs<Value<T>, 'x', 'mask'>,
  attrs: DropoutAttrs,
): Value<T> {
  const full = x.batched ? stackShape(o, x) : x.shape;
  const used = mask ?? o.constant(attrs.mask ?? drawnMask(full, attrs), x.batched);
  const examples = o.batchSize(used);
  if (used.batched && examples !== o.batchSize(x)) {
    throw new TensorError(
      'size-mismatch',
      `The mask holds ${examples} examples and x ${o.batchSize(x)}.`,
    );
  }
  return o.div(used, attrs.keep);
}

/** The last mask of each node, so that forward and backward draw once. */
const drawn = new WeakMap<DropoutAttrs, NdArray>();

/** The same seed and shape give the same mask. */
function drawnMask(shape: Shape, attrs: DropoutAttrs): NdArray {
  const known = drawn.get(attrs);
  if (known && sameShape(known.shape, shape)) return known;
  const random = seededRandom(attrs.seed, 'dropout');
  const mask = filled(shape, 0);
  for (let i = 0; i < mask.data.length; i++) {
    mask.data[i] = random.uniform() < attrs.keep ? 1 : 0;
  }
  drawn.set(attrs, mask);
  return mask;
}

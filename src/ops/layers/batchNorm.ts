import { z } from 'zod';
import { type Form, filled, formatShape, type Value, type ValueOps } from '#tensor';
import { numberWhere } from '../attrs/numbers.ts';
import { tensorAttr } from '../attrs/schemas.ts';
import { type Auxiliary, defineOperation, type Inputs, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';
import {
  type Average,
  inverseDeviation,
  type Normalized,
  normalize,
  throughNormalize,
} from './normalization.ts';

const batchNormAttrs = z.strictObject({
  epsilon: numberWhere('epsilon', 'at least 0', (value) => value >= 0).default(1e-5),
  momentum: numberWhere('The momentum', 'from 0 to 1', (value) => value >= 0 && value <= 1).default(
    0.9,
  ),
  training: z.boolean().default(true),
  runningMean: tensorAttr.optional(),
  runningVariance: tensorAttr.optional(),
});

type BatchNormAttrs = z.output<typeof batchNormAttrs>;

/** Ioffe and Szegedy 2015. In training, the batch's own mean and variance; else the running ones. */
export const batchNorm = defineOperation({
  id: 'batchNorm',
  title: 'batchNorm',
  group: 'layers',
  symbol: 'x̂',
  help: 'Brings every channel to mean 0 and variance 1 over the batch (and over all places of an image), then scales by γ and shifts by β. Backward each example also hears from all others, through the mean and the variance they share. When not training, running averages stand in for the batch.',
  passes:
    'passes γ/σ times the upstream gradient, less what comes back through mean and variance, to x; the sum of gradient × x̂ to γ, the sum of the gradient to β',
  ports: [port('x'), port('gamma'), port('beta')],
  attrs: batchNormAttrs,
  latex: {
    forward: ({ x, gamma, beta }) =>
      `${gamma} \\, \\frac{${x} - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + ${beta}`,
    local: ({ gamma }, _, { training }) => ({
      ...(training ? {} : { x: `\\frac{${gamma}}{\\sqrt{\\sigma^2 + \\varepsilon}}` }),
      gamma: '\\hat{x}',
      beta: '1',
    }),
    flowsBack: ({ gamma }, g, _, { training }) =>
      training
        ? {
            x: `\\frac{${gamma}}{\\sqrt{\\sigma^2 + \\varepsilon}} \\left(g - \\bar{g} - \\hat{x} \\odot \\overline{g \\odot \\hat{x}}\\right),\\; g = ${g}`,
          }
        : {},
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [1, -0.5],
          [2, 0.25],
          [4, 1.5],
          [5, -1],
        ],
      },
      gamma: { value: [2, 0.5] },
      beta: { value: [1, -0.25] },
    },
  },
  form: (inputs, attrs) => {
    const { x, gamma, beta } = inputs;
    const channels = x.shape.at(-1);
    if (channels === undefined) {
      throw new ShapeError(
        'Batch normalization takes a vector or an image, and x is a scalar.',
        'x',
      );
    }
    for (const [name, { shape }] of Object.entries({ gamma, beta })) {
      if (shape.length === 1 && shape[0] === channels) continue;
      throw new ShapeError(
        `${name} must be a vector of ${channels}, one for each channel of x, and it is ${formatShape(shape)}.`,
        name,
      );
    }
    for (const name of ['runningMean', 'runningVariance'] as const) {
      const shape = attrs[name]?.shape;
      if (!shape || (shape.length === 1 && shape[0] === channels)) continue;
      throw new ShapeError(
        `${name} must be a vector of ${channels}, one for each channel of x, and it is ${formatShape(shape)}.`,
        'x',
      );
    }
    return { batched: x.batched || gamma.batched || beta.batched, shape: x.shape };
  },
  auxiliary: ({ x }, attrs): Readonly<Record<string, Auxiliary>> =>
    attrs.training ? {} : runningAverages(x, attrs),
  forward: (o, inputs, attrs) => {
    const { value } = normalized(o, inputs, attrs);
    return o.add(o.mul(value, inputs.gamma), inputs.beta);
  },
  backward: (o, { inputs, upstream: g, attrs }) => {
    const { x, gamma } = inputs;
    const own = normalized(o, inputs, attrs);
    const scaled = o.mul(g, gamma);
    // A shared x under a γ per example: its gradients add up before they go through the means.
    const inner = x.batched ? scaled : o.batchSum(scaled);
    return {
      x: attrs.training
        ? throughNormalize(o, own, inner, batchAverage(o, x))
        : o.mul(inner, own.scale),
      gamma: o.mul(g, own.value),
      beta: g,
    };
  },
  local: (o, { inputs, output, attrs }) => {
    const { value, scale } = normalized(o, inputs, attrs);
    return {
      x: attrs.training
        ? { kind: 'jacobian' }
        : { kind: 'elementwise', value: o.mul(scale, inputs.gamma) },
      gamma: { kind: 'elementwise', value },
      beta: { kind: 'elementwise', value: o.filledLike(output, 1) },
    };
  },
  running: (o, { x }, { training, momentum }) => {
    if (!training) return null;
    const average = batchAverage(o, x);
    const mean = average(x);
    const variance = average(o.square(o.sub(x, mean)));
    return { momentum, batch: { runningMean: mean, runningVariance: variance } };
  },
});

function runningAverages(
  { shape }: Form,
  { runningMean, runningVariance }: BatchNormAttrs,
): Readonly<Record<string, Auxiliary>> {
  const channels = shape.slice(-1);
  const form = { batched: false, shape: channels };
  return {
    runningMean: { kind: 'running', form, initial: runningMean ?? filled(channels, 0) },
    runningVariance: { kind: 'running', form, initial: runningVariance ?? filled(channels, 1) },
  };
}

type Ports<T> = Inputs<Value<T>, 'x' | 'gamma' | 'beta', 'runningMean' | 'runningVariance'>;

/** Over the batch and all axes of one example but the channels. A shared x is a batch of one. */
function batchAverage<T>(o: ValueOps<T>, x: Value<T>): Average<T> {
  const places = x.shape.slice(0, -1).map((_, axis) => axis);
  return (value) => o.batchMean(o.mean(value, places));
}

function normalized<T>(
  o: ValueOps<T>,
  { x, runningMean, runningVariance }: Ports<T>,
  attrs: BatchNormAttrs,
): Normalized<T> {
  if (attrs.training) return normalize(o, x, batchAverage(o, x), attrs.epsilon);
  const mean = runningMean ?? (attrs.runningMean ? o.constant(attrs.runningMean) : o.number(0));
  const variance =
    runningVariance ?? (attrs.runningVariance ? o.constant(attrs.runningVariance) : o.number(1));
  const scale = inverseDeviation(o, variance, attrs.epsilon);
  return { value: o.mul(o.sub(x, mean), scale), scale };
}

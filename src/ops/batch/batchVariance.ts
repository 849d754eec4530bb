import type { Value, ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { broadcastForms } from '../elementwise.ts';
import { elementwiseLocal, scaled } from '../losses/loss.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { port } from '../ports.ts';

/** Batch normalization as at the blackboard: Ioffe and Szegedy 2015, algorithm 1. */
export const batchVariance = defineOperation({
  id: 'batchVariance',
  title: 'variance over batch',
  group: 'batch',
  symbol: 'σ²ᵦ',
  help: 'The mean squared distance of the examples from a mean that comes in on its own wire (biased: divided by m). So the way from the variance back to the mean is seen; where that mean is the batch mean, its parts cancel to 0.',
  passes:
    'passes 2(x − mean)/m times the upstream gradient to each example, and minus their sum to the mean',
  ports: [port('x'), port('mean')],
  attrs: noAttrs,
  latex: {
    forward: ({ x, mean }) => `\\tfrac1m \\sum_i ({${x}}^{(i)} - ${mean})^2`,
    local: ({ x, mean }) => ({
      x: `\\tfrac2m\\,({${x}}^{(i)} - ${mean})`,
      mean: `-\\tfrac2m \\sum_i ({${x}}^{(i)} - ${mean})`,
    }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [0.5, -1.5],
          [2, 0.25],
          [-0.75, 1],
        ],
      },
      mean: { value: [0.25, -0.5] },
    },
  },
  form: (inputs) => ({ batched: false, shape: broadcastForms(inputs).shape }),
  forward: (o, { x, mean }) => o.batchMean(o.square(o.sub(x, mean))),
  backward: (o, { inputs, upstream }) => {
    const { x, mean } = derivatives(o, inputs);
    // Added up before it is scaled: parts that cancel leave no rounding behind, and 0 reads 0.
    const shared = inputs.mean.batched ? mean : o.batchSum(mean);
    return scaled(o, upstream, { x, mean: shared });
  },
  local: (o, { inputs }) => {
    const { x, mean } = derivatives(o, inputs);
    return elementwiseLocal({ x, mean: o.reduceTo(mean, inputs.mean, mean) });
  },
});

function derivatives<T>(o: ValueOps<T>, { x, mean }: Inputs<Value<T>, 'x' | 'mean'>) {
  const distance = o.sub(x, mean);
  const derivative = o.mul(distance, 2 / o.batchSize(distance));
  return { x: derivative, mean: o.neg(derivative) };
}

import { sizeOf, type Value, type ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { broadcastForms } from '../elementwise.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';

export const meanSquaredError = defineOperation({
  id: 'meanSquaredError',
  title: 'mean sq. error',
  group: 'losses',
  symbol: 'MSE',
  help: 'The average of the squared differences between prediction and target over the n entries of one example. Its gradient is 2(prediction − target)/n.',
  passes:
    'passes the upstream gradient times 2(prediction − target)/n to the prediction, and minus that to the target',
  ports: [port('prediction'), port('target')],
  attrs: noAttrs,
  latex: {
    forward: ({ prediction, target }) => `\\tfrac1n \\textstyle\\sum (${prediction} - ${target})^2`,
    local: ({ prediction, target }) => ({
      prediction: `\\tfrac2n\\,(${prediction} - ${target})`,
      target: `\\tfrac2n\\,(${target} - ${prediction})`,
    }),
  },
  sample: {
    inputs: {
      prediction: { batched: true, value: [[0.5, -1.5, 2]] },
      target: { batched: true, value: [[1, -1, 0.5]] },
    },
  },
  form: (inputs) => ({ batched: broadcastForms(inputs).batched, shape: [] }),
  forward: (o, { prediction, target }) => o.mean(o.square(o.sub(prediction, target))),
  backward: (o, { inputs, upstream }) => scaled(o, upstream, derivatives(o, inputs)),
  local: (o, { inputs }) => elementwiseLocal(derivatives(o, inputs)),
});

function derivatives<T>(
  o: ValueOps<T>,
  { prediction, target }: Inputs<Value<T>, 'prediction' | 'target'>,
): Record<'prediction' | 'target', Value<T>> {
  const difference = o.sub(prediction, target);
  const derivative = o.mul(difference, 2 / sizeOf(difference.shape));
  return { prediction: derivative, target: o.neg(derivative) };
}

import type { Value, ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { broadcastForms } from '../elementwise.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';

export const squaredError = defineOperation({
  id: 'squaredError',
  title: 'squared error',
  group: 'losses',
  symbol: '½‖·‖²',
  help: 'Half the sum of the squared differences between prediction and target, one number per example. Its gradient is simply prediction − target.',
  passes:
    'passes the upstream gradient times prediction − target to the prediction, and minus that to the target',
  ports: [port('prediction'), port('target')],
  attrs: noAttrs,
  latex: {
    forward: ({ prediction, target }) => `\\tfrac12 \\lVert ${prediction} - ${target} \\rVert^2`,
    local: ({ prediction, target }) => ({
      prediction: `${prediction} - ${target}`,
      target: `${target} - ${prediction}`,
    }),
  },
  sample: {
    inputs: {
      prediction: { batched: true, value: [[0.5, -1.5, 2]] },
      target: { batched: true, value: [[1, -1, 0.5]] },
    },
  },
  form: (inputs) => ({ batched: broadcastForms(inputs).batched, shape: [] }),
  forward: (o, { prediction, target }) => o.mul(o.sum(o.square(o.sub(prediction, target))), 0.5),
  backward: (o, { inputs, upstream }) => scaled(o, upstream, difference(o, inputs)),
  local: (o, { inputs }) => elementwiseLocal(difference(o, inputs)),
});

function difference<T>(
  o: ValueOps<T>,
  { prediction, target }: Inputs<Value<T>, 'prediction' | 'target'>,
): Record<'prediction' | 'target', Value<T>> {
  const difference = o.sub(prediction, target);
  return { prediction: difference, target: o.neg(difference) };
}

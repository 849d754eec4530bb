import type { Value, ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { broadcastForms } from '../elementwise.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';

export const absoluteError = defineOperation({
  id: 'absoluteError',
  title: 'absolute error',
  group: 'losses',
  symbol: '‖·‖₁',
  help: 'The sum of the absolute differences between prediction and target. Its gradient is only the sign of the difference, so a far outlier pulls no harder than a near one; where the two are equal it is 0.',
  passes:
    'passes the upstream gradient times the sign of prediction − target to the prediction, and minus that to the target',
  ports: [port('prediction'), port('target')],
  attrs: noAttrs,
  latex: {
    forward: ({ prediction, target }) =>
      `\\textstyle\\sum \\lvert ${prediction} - ${target} \\rvert`,
    local: ({ prediction, target }) => ({
      prediction: `\\operatorname{sign}(${prediction} - ${target})`,
      target: `\\operatorname{sign}(${target} - ${prediction})`,
    }),
  },
  sample: {
    inputs: {
      prediction: { batched: true, value: [[0.5, -1.5, 2]] },
      target: { batched: true, value: [[1, -1, 0.5]] },
    },
  },
  form: (inputs) => ({ batched: broadcastForms(inputs).batched, shape: [] }),
  forward: (o, { prediction, target }) => o.sum(o.abs(o.sub(prediction, target))),
  backward: (o, { inputs, upstream }) => scaled(o, upstream, derivatives(o, inputs)),
  local: (o, { inputs }) => elementwiseLocal(derivatives(o, inputs)),
});

function derivatives<T>(
  o: ValueOps<T>,
  { prediction, target }: Inputs<Value<T>, 'prediction' | 'target'>,
): Record<'prediction' | 'target', Value<T>> {
  const sign = o.sign(o.sub(prediction, target));
  return { prediction: sign, target: o.neg(sign) };
}

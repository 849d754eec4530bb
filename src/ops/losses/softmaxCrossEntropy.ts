import type { Value, ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';
import { probabilities } from './softmax.ts';
import { classForm, distribution, isIndex } from './target.ts';

export const softmaxCrossEntropy = defineOperation({
  id: 'softmaxCrossEntropy',
  title: 'cross-entropy',
  group: 'losses',
  symbol: '−ln p',
  help: 'Softmax and cross-entropy in one: the negative logarithm of the probability that the scores give to the right class. The target is a class index, a one-hot or a soft distribution. The gradient is probability − target.',
  passes:
    'passes the upstream gradient times softmax(scores) − target to the scores, and times −scores to the target',
  ports: [port('scores'), port('target')],
  attrs: noAttrs,
  latex: {
    forward: ({ scores, target }) =>
      `\\ln \\textstyle\\sum e^{${scores}} - ${target} \\cdot ${scores}`,
    local: ({ scores, target }) => ({
      scores: `\\operatorname{softmax}(${scores}) - ${target}`,
      target: `-${scores}`,
    }),
  },
  sample: {
    inputs: {
      scores: {
        batched: true,
        value: [
          [1, -0.5, 0.25],
          [0.3, 2, -1],
        ],
      },
      target: {
        batched: true,
        value: [
          [0.7, 0.2, 0.1],
          [0, 1, 0],
        ],
      },
    },
  },
  form: ({ scores, target }) => classForm('scores', scores, target),
  forward: (o, { scores, target }) => {
    // The largest score is taken off first, so that no exponential overflows.
    const largest = o.max(scores);
    const shifted = o.sub(scores, largest);
    const logSumExp = o.log(o.sum(o.exp(shifted)));
    const loss = o.sub(logSumExp, o.sum(o.mul(distribution(o, scores, target), shifted)));
    // What taking it off changes where a soft target does not sum to 1.
    return isIndex(target) ? loss : o.add(loss, o.mul(largest, o.sub(1, o.sum(target))));
  },
  backward: (o, { inputs, upstream }) => scaled(o, upstream, derivatives(o, inputs)),
  local: (o, { inputs }) => elementwiseLocal(derivatives(o, inputs)),
});

type Ports<T> = Inputs<Value<T>, 'scores' | 'target'>;

function derivatives<T>(o: ValueOps<T>, { scores, target }: Ports<T>) {
  return {
    scores: o.sub(probabilities(o, scores), distribution(o, scores, target)),
    target: isIndex(target) ? null : o.neg(scores),
  };
}

import type { Value, ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';
import { elementwiseLocal, scaled } from './loss.ts';
import { classForm, distribution, isIndex } from './target.ts';

export const crossEntropy = defineOperation({
  id: 'crossEntropy',
  title: 'cross-entropy of p',
  group: 'losses',
  symbol: '−Σt ln p',
  help: 'The negative logarithm of the probability that was given to the right class. It takes probabilities, from a softmax say; where scores are at hand, softmax and cross-entropy in one are more exact. The target is a class index, a one-hot or a soft distribution; what has no weight in it does not count.',
  passes:
    'passes the upstream gradient times −target/probability to the probabilities, and times −ln p to the target',
  ports: [port('probabilities'), port('target')],
  attrs: noAttrs,
  latex: {
    forward: ({ probabilities: p, target }) => `-\\textstyle\\sum ${target} \\cdot \\ln ${p}`,
    local: ({ probabilities: p, target }) => ({
      probabilities: `-\\frac{${target}}{${p}}`,
      target: `-\\ln ${p}`,
    }),
  },
  sample: {
    inputs: {
      probabilities: {
        batched: true,
        value: [
          [0.25, 0.625, 0.125],
          [0.5, 0.2, 0.3],
        ],
      },
      target: {
        batched: true,
        value: [
          [0.7, 0.2, 0.1],
          [0.1, 0.6, 0.3],
        ],
      },
    },
  },
  form: ({ probabilities, target }) => classForm('probabilities', probabilities, target),
  forward: (o, { probabilities: p, target }) => {
    const weights = distribution(o, p, target);
    return o.neg(o.sum(weighed(o, weights, o.mul(weights, o.log(p)))));
  },
  backward: (o, { inputs, upstream }) => scaled(o, upstream, derivatives(o, inputs)),
  local: (o, { inputs }) => elementwiseLocal(derivatives(o, inputs)),
  warn: ({ probabilities }) =>
    warning(
      probabilities,
      (entry) => entry <= 0 || entry > 1,
      'These are no probabilities between 0 and 1; put a softmax before it, or take softmax and cross-entropy in one',
    ),
});

function derivatives<T>(
  o: ValueOps<T>,
  { probabilities: p, target }: Inputs<Value<T>, 'probabilities' | 'target'>,
) {
  const weights = distribution(o, p, target);
  return {
    probabilities: weighed(o, weights, o.neg(o.div(weights, p))),
    target: isIndex(target) ? null : o.neg(o.log(p)),
  };
}

/** `value` where the target has weight, else 0: 0·ln 0 counts as 0. */
function weighed<T>(o: ValueOps<T>, weights: Value<T>, value: Value<T>): Value<T> {
  return o.where(o.equal(weights, 0), 0, value);
}

import { formatShape, type Value, type ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation, type Inputs, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';

export const softmaxCrossEntropy = defineOperation({
  id: 'softmaxCrossEntropy',
  title: 'cross-entropy',
  group: 'losses',
  symbol: '−ln p',
  help: 'Softmax and cross-entropy in one: the negative logarithm of the probability that the scores give to the right class. The target is a class index, a one-hot or a soft distribution. The gradient is probability − target.',
  passes: 'passes the upstream gradient times softmax(scores) − target',
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
  form: ({ scores, target }) => {
    if (scores.shape.length !== 1) {
      throw new ShapeError(
        `The scores must be a vector, one for each class, and they are ${formatShape(scores.shape)}.`,
        'scores',
      );
    }
    if (
      target.shape.length > 1 ||
      (target.shape.length === 1 && target.shape[0] !== scores.shape[0])
    ) {
      throw new ShapeError(
        `The target must be a class index or ${scores.shape[0]} numbers, one for each class, and it is ${formatShape(target.shape)}.`,
        'target',
      );
    }
    return { batched: scores.batched || target.batched, shape: [] };
  },
  forward: (o, inputs) => {
    const { scores, target } = inputs;
    // The largest score is taken off first, so that no exponential overflows.
    const largest = o.max(scores);
    const shifted = o.sub(scores, largest);
    const logSumExp = o.log(o.sum(o.exp(shifted)));
    const loss = o.sub(logSumExp, o.sum(o.mul(distribution(o, inputs), shifted)));
    // What taking it off changes where a soft target does not sum to 1.
    return target.shape.length === 0 ? loss : o.add(loss, o.mul(largest, o.sub(1, o.sum(target))));
  },
  backward: (o, { inputs, upstream }) => scaled(o, upstream, derivatives(o, inputs)),
  local: (o, { inputs }) => elementwiseLocal(derivatives(o, inputs)),
});

type Ports<T> = Inputs<Value<T>, 'scores' | 'target'>;

/** The target as one probability per class. */
function distribution<T>(o: ValueOps<T>, { scores, target }: Ports<T>): Value<T> {
  return target.shape.length === 0 ? o.oneHot(target, scores.shape[0] ?? 1) : target;
}

function derivatives<T>(o: ValueOps<T>, inputs: Ports<T>) {
  const { scores, target } = inputs;
  const weights = o.exp(o.sub(scores, o.max(scores)));
  const probabilities = o.div(weights, o.sum(weights));
  return {
    scores: o.sub(probabilities, distribution(o, inputs)),
    target: target.shape.length === 0 ? null : o.neg(scores),
  };
}

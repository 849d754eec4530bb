import type { Value, ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { broadcastForms } from '../elementwise.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';

export const sigmoidCrossEntropy = defineOperation({
  id: 'sigmoidCrossEntropy',
  title: 'binary cross-entropy',
  group: 'losses',
  symbol: '−ln σ',
  help: 'Sigmoid and cross-entropy in one, for yes or no: the target is 1 or 0, or anything between. With several scores each is a question of its own and their losses add. The gradient is σ(score) − target, which does not vanish where the sigmoid saturates.',
  passes:
    'passes the upstream gradient times σ(score) − target to the score, and times −score to the target',
  ports: [port('score'), port('target')],
  attrs: noAttrs,
  latex: {
    forward: ({ score, target }) => `\\ln(1 + e^{${score}}) - ${target} \\cdot ${score}`,
    local: ({ score, target }) => ({
      score: `\\sigma(${score}) - ${target}`,
      target: `-${score}`,
    }),
  },
  sample: {
    inputs: {
      score: { batched: true, value: [[0.5, -1.5, 2]] },
      target: { batched: true, value: [[1, 0, 0.25]] },
    },
  },
  form: (inputs) => ({ batched: broadcastForms(inputs).batched, shape: [] }),
  forward: (o, { score, target }) => o.sum(o.sub(o.softplus(score), o.mul(target, score))),
  backward: (o, { inputs, upstream }) => scaled(o, upstream, derivatives(o, inputs)),
  local: (o, { inputs }) => elementwiseLocal(derivatives(o, inputs)),
});

function derivatives<T>(
  o: ValueOps<T>,
  { score, target }: Inputs<Value<T>, 'score' | 'target'>,
): Record<'score' | 'target', Value<T>> {
  return { score: o.sub(o.sigmoid(score), target), target: o.neg(score) };
}

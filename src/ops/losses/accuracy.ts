import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { metricLocals, noChange } from './metric.ts';
import { classForm, classIndex } from './target.ts';

export const accuracy = defineOperation({
  id: 'accuracy',
  title: 'accuracy',
  group: 'losses',
  symbol: '✓',
  help: 'A measure, no loss: 1 where the largest score is that of the right class, else 0. On a tie the first of the largest decides. A small change of the scores changes nothing, so no gradient flows.',
  passes: 'passes 0: a measure does not train anything',
  ports: [port('scores'), port('target')],
  attrs: noAttrs,
  latex: {
    forward: ({ scores, target }) => `\\mathbf{1}[\\operatorname{argmax} ${scores} = ${target}]`,
    local: () => ({ scores: '0' }),
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
      target: { batched: true, value: [2, 1] },
    },
  },
  form: ({ scores, target }) => classForm('scores', scores, target),
  forward: (o, { scores, target }) => o.equal(o.argMax(scores), classIndex(o, target)),
  backward: (o, { inputs: { scores } }) => noChange(o, scores),
  local: (o, { inputs: { scores } }) => metricLocals(o, scores),
});

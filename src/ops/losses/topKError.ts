import { z } from 'zod';
import { wholeAttr } from '../attrs/numbers.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { metricLocals, noChange } from './metric.ts';
import { classForm, classIndex } from './target.ts';

export const topKError = defineOperation({
  id: 'topKError',
  title: 'top-k error',
  group: 'losses',
  symbol: '✗ₖ',
  help: 'A measure, no loss: 0 where the right class is among the k best, that is where fewer than k scores are larger than its own, else 1. No gradient flows.',
  passes: 'passes 0: a measure does not train anything',
  ports: [port('scores'), port('target')],
  attrs: z.strictObject({ k: wholeAttr('k', 1).default(5) }),
  latex: {
    forward: ({ scores, target }, { k }) =>
      `\\mathbf{1}[\\#\\{j : {${scores}}_j > {${scores}}_{${target}}\\} \\ge ${k}]`,
    local: () => ({ scores: '0' }),
  },
  sample: {
    attrs: { k: 2 },
    inputs: {
      scores: {
        batched: true,
        value: [
          [1, -0.5, 0.25],
          [0.3, 2, -1],
        ],
      },
      target: { batched: true, value: [1, 0] },
    },
  },
  form: ({ scores, target }) => classForm('scores', scores, target),
  forward: (o, { scores, target }, { k }) => {
    const right = o.oneHot(classIndex(o, target), scores.shape[0] ?? 1);
    const own = o.sum(o.where(right, scores, 0), undefined, true);
    // Counted as “not at most its own”, so that a score that is no number never makes a guess right.
    const larger = o.sum(o.sub(1, o.greaterEqual(own, scores)));
    return o.greaterEqual(larger, k);
  },
  backward: (o, { inputs: { scores } }) => noChange(o, scores),
  local: (o, { inputs: { scores } }) => metricLocals(o, scores),
});

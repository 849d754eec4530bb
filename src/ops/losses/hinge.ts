import { z } from 'zod';
import type { Value, ValueOps } from '#tensor';
import { numberAttr } from '../attrs/numbers.ts';
import { defineOperation, type Inputs } from '../operation.ts';
import { indexPort, port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';
import { indexForm } from './target.ts';

const hingeAttrs = z.strictObject({ margin: numberAttr('The margin').default(1) });

type HingeAttrs = z.output<typeof hingeAttrs>;

/** The multiclass hinge loss of Weston and Watkins. */
export const hinge = defineOperation({
  id: 'hinge',
  title: 'hinge',
  group: 'losses',
  symbol: 'Σmax(0,·)',
  help: 'Asks that the score of the right class exceed every other by a margin, and adds up by how much it falls short. Backward every class that comes too near receives the gradient, and the right class minus their number of times it; where the margin is kept nothing flows.',
  passes:
    'passes the upstream gradient to every class within the margin, and minus their number of times it to the right class',
  ports: [port('scores'), indexPort('target')],
  attrs: hingeAttrs,
  latex: {
    forward: ({ scores: z, target: y }, { margin }) =>
      `\\sum_{j \\ne ${y}} \\max(0,\\, {${z}}_j - {${z}}_{${y}} + ${margin})`,
    local: ({ scores: z, target: y }, _, { margin }) => ({
      scores: `\\mathbf{1}[{${z}}_j - {${z}}_{${y}} + ${margin} > 0]`,
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
      target: { batched: true, value: [2, 1] },
    },
  },
  form: ({ scores, target }) => indexForm('scores', scores, target),
  forward: (o, inputs, attrs) => {
    const { right, shortfall } = margins(o, inputs, attrs);
    return o.sum(o.where(right, 0, o.relu(shortfall)));
  },
  backward: (o, { inputs, upstream, attrs }) => scaled(o, upstream, derivatives(o, inputs, attrs)),
  local: (o, { inputs, attrs }) => elementwiseLocal(derivatives(o, inputs, attrs)),
});

type Ports<T> = Inputs<Value<T>, 'scores' | 'target'>;

/** By how much each class comes too near the right one, and which that is. */
function margins<T>(o: ValueOps<T>, { scores, target }: Ports<T>, { margin }: HingeAttrs) {
  const right = o.oneHot(target, scores.shape[0] ?? 1);
  const rightScore = o.sum(o.where(right, scores, 0));
  return { right, shortfall: o.add(o.sub(scores, rightScore), margin) };
}

function derivatives<T>(o: ValueOps<T>, inputs: Ports<T>, attrs: HingeAttrs) {
  const { right, shortfall } = margins(o, inputs, attrs);
  const tooNear = o.where(right, 0, o.step(shortfall));
  return { scores: o.where(right, o.neg(o.sum(tooNear)), tooNear), target: null };
}

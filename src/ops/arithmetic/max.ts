import { tieAttr, tieShares } from '../attrs/tie.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const max = elementwise({
  id: 'max',
  title: 'max',
  nickname: 'router',
  group: 'arithmetic',
  symbol: 'max',
  help: 'The larger of its inputs. Backward it is a router: the larger input receives the whole upstream gradient, the other nothing. On a tie the policy decides: the first input, or half to each.',
  passes: 'routes the upstream gradient to the larger input; the other receives 0',
  ports: [port('a'), port('b')],
  attrs: tieAttr,
  latex: {
    forward: ({ a, b }) => `\\max(${a}, ${b})`,
    local: ({ a, b }) => ({
      a: `\\mathbf{1}[${a} \\ge ${b}]`,
      b: `\\mathbf{1}[${b} > ${a}]`,
    }),
  },
  sample: { inputs: { a: { value: [0.5, -1.5] }, b: { value: [2, -2.25] } } },
  forward: (o, { a, b }) => o.maximum(a, b),
  derivative: (o, { inputs: { a, b }, attrs }) =>
    tieShares(o, o.greater(a, b), o.equal(a, b), attrs.tie),
});

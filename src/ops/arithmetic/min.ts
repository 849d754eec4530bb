import { tieAttr, tieShares } from '../attrs/tie.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const min = elementwise({
  id: 'min',
  title: 'min',
  nickname: 'router',
  group: 'arithmetic',
  symbol: 'min',
  help: 'The smaller of its inputs. Backward it is a router: the smaller input receives the whole upstream gradient, the other nothing. On a tie the policy decides: the first input, or half to each.',
  passes: 'routes the upstream gradient to the smaller input; the other receives 0',
  ports: [port('a'), port('b')],
  attrs: tieAttr,
  latex: {
    forward: ({ a, b }) => `\\min(${a}, ${b})`,
    local: ({ a, b }) => ({
      a: `\\mathbf{1}[${a} \\le ${b}]`,
      b: `\\mathbf{1}[${b} < ${a}]`,
    }),
  },
  sample: { inputs: { a: { value: [0.5, -1.5] }, b: { value: [2, -2.25] } } },
  forward: (o, { a, b }) => o.minimum(a, b),
  derivative: (o, { inputs: { a, b }, attrs }) =>
    tieShares(o, o.greater(b, a), o.equal(a, b), attrs.tie),
});

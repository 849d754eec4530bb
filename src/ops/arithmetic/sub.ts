import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const sub = elementwise({
  id: 'sub',
  title: 'subtract',
  group: 'arithmetic',
  symbol: '−',
  help: 'The first input minus the second. Backward the first receives the upstream gradient, the second its negative.',
  passes: 'passes the upstream gradient on, with the sign turned for what was subtracted',
  ports: [port('a'), port('b')],
  attrs: noAttrs,
  latex: {
    forward: ({ a, b }) => `${a} - ${b}`,
    local: () => ({ a: '1', b: '-1' }),
  },
  sample: { inputs: { a: { value: [0.5, -1.5] }, b: { value: [2, 0.25] } } },
  forward: (o, { a, b }) => o.sub(a, b),
  derivative: () => ({ a: 1, b: -1 }),
});

import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const neg = elementwise({
  id: 'neg',
  title: 'negate',
  group: 'arithmetic',
  symbol: '−x',
  help: 'Turns the sign. Backward the sign of the gradient turns as well.',
  passes: 'passes the upstream gradient on with the sign turned',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `-${x}`, local: () => ({ x: '-1' }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.neg(x),
  derivative: () => ({ x: -1 }),
});

import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const div = elementwise({
  id: 'div',
  title: 'divide',
  group: 'arithmetic',
  symbol: '÷',
  help: 'The first input divided by the second. Backward the first receives the upstream gradient divided by b, the second −a/b² times it.',
  passes: 'passes the upstream gradient over the divisor, and −a/b² times it to the divisor',
  ports: [port('a'), port('b')],
  attrs: noAttrs,
  latex: {
    forward: ({ a, b }) => `\\frac{${a}}{${b}}`,
    local: ({ a, b }) => ({ a: `\\frac{1}{${b}}`, b: `-\\frac{${a}}{{${b}}^2}` }),
  },
  sample: { inputs: { a: { value: [0.5, -1.5] }, b: { value: [2, 0.25] } } },
  forward: (o, { a, b }) => o.div(a, b),
  derivative: (o, { inputs: { b }, output }) => ({
    a: o.reciprocal(b),
    b: o.neg(o.div(output, b)),
  }),
  warn: ({ b }) =>
    warning(b, (entry) => entry === 0, 'A division by 0 gives an infinity or no number'),
});

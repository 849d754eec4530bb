import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const reciprocal = elementwise({
  id: 'reciprocal',
  title: 'reciprocal',
  group: 'arithmetic',
  symbol: '1/x',
  help: 'One over the input. Backward the upstream gradient is multiplied by −1/x², which is minus the square of the output.',
  passes: 'passes the upstream gradient times −1/x²',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\frac{1}{${x}}`,
    local: ({ x }) => ({ x: `-\\frac{1}{{${x}}^2}` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.reciprocal(x),
  derivative: (o, { output }) => ({ x: o.neg(o.square(output)) }),
  warn: ({ x }) =>
    warning(x, (entry) => entry === 0, 'A division by 0 gives an infinity or no number'),
});

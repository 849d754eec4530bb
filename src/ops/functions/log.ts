import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const log = elementwise({
  id: 'log',
  title: 'log',
  group: 'functions',
  symbol: 'ln',
  help: 'The natural logarithm. Backward the upstream gradient is divided by the input. At 0 it is −∞, below it there is none.',
  passes: 'passes the upstream gradient divided by its input',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `\\ln ${x}`, local: ({ x }) => ({ x: `\\frac{1}{${x}}` }) },
  sample: { inputs: { x: { value: [0.5, 1.5] } } },
  forward: (o, { x }) => o.log(x),
  derivative: (o, { inputs: { x } }) => ({ x: o.reciprocal(x) }),
  warn: ({ x }) =>
    warning(
      x,
      (entry) => entry <= 0,
      'The logarithm of 0 is −∞, and of anything below it no number',
    ),
});

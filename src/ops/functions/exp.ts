import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const exp = elementwise({
  id: 'exp',
  title: 'exp',
  group: 'functions',
  symbol: 'eˣ',
  help: 'The exponential function. It is its own derivative, so backward the upstream gradient is multiplied by the output.',
  passes: 'passes the upstream gradient times its own output',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `e^{${x}}`, local: ({ x }) => ({ x: `e^{${x}}` }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.exp(x),
  derivative: (_, { output }) => ({ x: output }),
});

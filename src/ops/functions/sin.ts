import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const sin = elementwise({
  id: 'sin',
  title: 'sin',
  group: 'functions',
  symbol: 'sin',
  help: 'The sine of the input, in radians. Backward the upstream gradient is multiplied by the cosine.',
  passes: 'passes the upstream gradient times the cosine of its input',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `\\sin ${x}`, local: ({ x }) => ({ x: `\\cos ${x}` }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.sin(x),
  derivative: (o, { inputs: { x } }) => ({ x: o.cos(x) }),
});

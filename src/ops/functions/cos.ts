import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const cos = elementwise({
  id: 'cos',
  title: 'cos',
  group: 'functions',
  symbol: 'cos',
  help: 'The cosine of the input, in radians. Backward the upstream gradient is multiplied by minus the sine.',
  passes: 'passes the upstream gradient times minus the sine of its input',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `\\cos ${x}`, local: ({ x }) => ({ x: `-\\sin ${x}` }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.cos(x),
  derivative: (o, { inputs: { x } }) => ({ x: o.neg(o.sin(x)) }),
});

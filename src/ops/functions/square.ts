import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const square = elementwise({
  id: 'square',
  title: 'square',
  group: 'functions',
  symbol: 'x²',
  help: 'The input times itself. Backward the upstream gradient is multiplied by 2x: both factors are the same wire, and their two parts add.',
  passes: 'passes the upstream gradient times twice its input',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `{${x}}^2`, local: ({ x }) => ({ x: `2 ${x}` }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.square(x),
  derivative: (o, { inputs: { x } }) => ({ x: o.mul(x, 2) }),
});

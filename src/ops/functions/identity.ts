import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const identity = elementwise({
  id: 'identity',
  title: 'identity',
  group: 'functions',
  symbol: 'x',
  help: 'Gives its input on as it is, forward and backward. A place to name a value, and the activation of a linear layer.',
  passes: 'passes the upstream gradient on unchanged',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => x, local: () => ({ x: '1' }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (_, { x }) => x,
  derivative: () => ({ x: 1 }),
});

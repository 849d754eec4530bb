import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const softplus = elementwise({
  id: 'softplus',
  title: 'softplus',
  group: 'functions',
  symbol: 'ln(1+eˣ)',
  help: 'A ReLU with its corner rounded off: ln(1 + eˣ), computed so that it never overflows. Its slope is the sigmoid.',
  passes: 'passes the upstream gradient times the sigmoid of its input',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\ln(1 + e^{${x}})`,
    local: ({ x }) => ({ x: `\\sigma(${x})` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.softplus(x),
  derivative: (o, { inputs: { x } }) => ({ x: o.sigmoid(x) }),
});

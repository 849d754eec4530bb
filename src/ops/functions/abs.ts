import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const abs = elementwise({
  id: 'abs',
  title: 'absolute',
  group: 'functions',
  symbol: '|x|',
  help: 'The size of the input without its sign. Backward the gradient keeps its sign where the input was positive and turns it where it was negative; at exactly 0 nothing passes.',
  passes: 'passes the upstream gradient times the sign of its input',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\lvert ${x} \\rvert`,
    local: ({ x }) => ({ x: `\\operatorname{sign}(${x})` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.abs(x),
  derivative: (o, { inputs: { x } }) => ({ x: o.sign(x) }),
});

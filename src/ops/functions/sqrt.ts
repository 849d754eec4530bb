import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const sqrt = elementwise({
  id: 'sqrt',
  title: 'sqrt',
  group: 'functions',
  symbol: '√',
  help: 'The square root. Backward the upstream gradient is divided by twice the output, so it grows without bound near 0; below 0 there is no root.',
  passes: 'passes the upstream gradient divided by twice its output',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\sqrt{${x}}`,
    local: ({ x }) => ({ x: `\\frac{1}{2\\sqrt{${x}}}` }),
  },
  sample: { inputs: { x: { value: [0.5, 1.5] } } },
  forward: (o, { x }) => o.sqrt(x),
  derivative: (o, { output }) => ({ x: o.div(0.5, output) }),
  warn: ({ x }) =>
    warning(
      x,
      (entry) => entry <= 0,
      'Below 0 there is no square root, and at 0 its slope is infinite',
    ),
});

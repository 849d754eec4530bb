import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const tanh = elementwise({
  id: 'tanh',
  title: 'tanh',
  group: 'functions',
  symbol: 'tanh',
  help: 'Squashes any number into −1 … 1, with 0 at 0. Its slope 1 − t² is 1 at 0 and vanishes where it saturates.',
  passes: 'passes the upstream gradient times one minus its output squared',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `\\tanh(${x})`, local: (_, out) => ({ x: `1 - {${out}}^2` }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.tanh(x),
  derivative: (o, { output }) => ({ x: o.sub(1, o.square(output)) }),
  // At |x| = 3 the slope has fallen to a hundredth.
  warn: ({ x }) =>
    warning(
      x,
      (entry) => Math.abs(entry) > 3,
      'The tanh is saturated and hardly passes any gradient',
    ),
});

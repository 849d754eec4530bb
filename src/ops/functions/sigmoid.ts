import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const sigmoid = elementwise({
  id: 'sigmoid',
  title: 'sigmoid',
  group: 'functions',
  symbol: 'σ',
  help: 'Squashes any number into 0 … 1. Its slope σ(1 − σ) is never more than ¼ and vanishes where it saturates, far from 0.',
  passes: 'passes the upstream gradient times σ(1 − σ), at most a quarter of it',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\sigma(${x})`,
    local: (_, out) => ({ x: `${out}\\,(1 - ${out})` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.sigmoid(x),
  derivative: (o, { output }) => ({ x: o.mul(output, o.sub(1, output)) }),
  // At |x| = 4.6 the slope has fallen to a hundredth.
  warn: ({ x }) =>
    warning(
      x,
      (entry) => Math.abs(entry) > 4.6,
      'The sigmoid is saturated and hardly passes any gradient',
    ),
});

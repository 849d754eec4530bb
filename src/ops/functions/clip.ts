import { z } from 'zod';
import { numberAttr } from '../attrs/numbers.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const clip = elementwise({
  id: 'clip',
  title: 'clip',
  group: 'functions',
  symbol: '[x]',
  help: 'Cuts the input off below lo and above hi. Backward the gradient passes only strictly between the two; where the input is cut off, it stops.',
  passes: 'passes the upstream gradient where its input was between the limits, and 0 elsewhere',
  ports: [port('x')],
  attrs: z
    .strictObject({ lo: numberAttr('lo').default(0), hi: numberAttr('hi').default(1) })
    .refine(({ lo, hi }) => lo <= hi, {
      error: 'The lower limit lo must not lie above the upper limit hi.',
      path: ['lo'],
    }),
  latex: {
    forward: ({ x }, { lo, hi }) => `\\min(\\max(${x}, ${lo}), ${hi})`,
    local: ({ x }, _, { lo, hi }) => ({ x: `\\mathbf{1}[${lo} < ${x} < ${hi}]` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5, 1.25] } } },
  forward: (o, { x }, { lo, hi }) => o.minimum(o.maximum(x, lo), hi),
  derivative: (o, { inputs: { x }, attrs: { lo, hi } }) => ({
    x: o.mul(o.greater(x, lo), o.greater(hi, x)),
  }),
  warn: ({ x }, { lo, hi }) =>
    warning(x, (entry) => entry <= lo || entry >= hi, 'What is cut off passes no gradient'),
});

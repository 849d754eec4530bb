import { z } from 'zod';
import type { Value, ValueOps } from '#tensor';
import { numberAttr } from '../attrs/numbers.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const elu = elementwise({
  id: 'elu',
  title: 'ELU',
  group: 'functions',
  symbol: 'ELU',
  help: 'The input where it is positive; elsewhere α(eˣ − 1), which bends smoothly towards −α. Its outputs average nearer to 0 than those of a ReLU.',
  passes: 'passes the upstream gradient where its input was positive, and αeˣ times it elsewhere',
  ports: [port('x')],
  attrs: z.strictObject({ alpha: numberAttr('alpha').default(1) }),
  latex: {
    forward: ({ x }, { alpha }) =>
      `\\begin{cases} ${x} & ${x} > 0 \\\\ ${alpha}\\,(e^{${x}} - 1) & \\text{else} \\end{cases}`,
    local: ({ x }, _, { alpha }) => ({
      x: `\\begin{cases} 1 & ${x} > 0 \\\\ ${alpha}\\,e^{${x}} & \\text{else} \\end{cases}`,
    }),
  },
  sample: { attrs: { alpha: 0.5 }, inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }, { alpha }) => o.where(o.step(x), x, o.mul(o.sub(expBelow(o, x), 1), alpha)),
  derivative: (o, { inputs: { x }, attrs: { alpha } }) => ({
    x: o.where(o.step(x), 1, o.mul(expBelow(o, x), alpha)),
  }),
});

/** eˣ on the side where it is used: on the other it might overflow. */
function expBelow<T>(o: ValueOps<T>, x: Value<T>): Value<T> {
  return o.exp(o.minimum(x, 0));
}

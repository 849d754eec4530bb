import { z } from 'zod';
import { numberAttr } from '../attrs/numbers.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const leakyRelu = elementwise({
  id: 'leakyRelu',
  title: 'leaky ReLU',
  nickname: 'router',
  group: 'functions',
  symbol: '⌐α',
  help: 'The input where it is positive, α times it elsewhere. The small slope α keeps a little gradient flowing where a ReLU would be dead.',
  passes: 'passes the upstream gradient where its input was positive, and α times it elsewhere',
  ports: [port('x')],
  attrs: z.strictObject({ alpha: numberAttr('The slope alpha').default(0.01) }),
  latex: {
    forward: ({ x }, { alpha }) =>
      `\\begin{cases} ${x} & ${x} > 0 \\\\ ${alpha}\\,${x} & \\text{else} \\end{cases}`,
    local: ({ x }, _, { alpha }) => ({
      x: `\\begin{cases} 1 & ${x} > 0 \\\\ ${alpha} & \\text{else} \\end{cases}`,
    }),
  },
  sample: { attrs: { alpha: 0.1 }, inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }, { alpha }) => o.where(o.step(x), x, o.mul(x, alpha)),
  derivative: (o, { inputs: { x }, attrs: { alpha } }) => ({ x: o.where(o.step(x), 1, alpha) }),
});

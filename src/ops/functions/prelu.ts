import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const prelu = elementwise({
  id: 'prelu',
  title: 'PReLU',
  nickname: 'router',
  group: 'functions',
  symbol: 'α⌐',
  help: 'A leaky ReLU whose slope α on the negative side is learned: one for all entries, or one for each. Backward α receives what came in on the negative side, times the upstream gradient.',
  passes:
    'passes the upstream gradient where x was positive, α times it elsewhere; to α it passes x times it where x was negative',
  ports: [port('x'), port('alpha')],
  attrs: noAttrs,
  latex: {
    forward: ({ x, alpha }) =>
      `\\begin{cases} ${x} & ${x} > 0 \\\\ ${alpha}\\,${x} & \\text{else} \\end{cases}`,
    local: ({ x, alpha }) => ({
      x: `\\begin{cases} 1 & ${x} > 0 \\\\ ${alpha} & \\text{else} \\end{cases}`,
      alpha: `\\min(0, ${x})`,
    }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [0.5, -1.5],
          [-0.75, 2],
        ],
      },
      alpha: { value: [0.1, 0.3] },
    },
  },
  forward: (o, { x, alpha }) => o.where(o.step(x), x, o.mul(x, alpha)),
  derivative: (o, { inputs: { x, alpha } }) => ({
    x: o.where(o.step(x), 1, alpha),
    alpha: o.minimum(x, 0),
  }),
});

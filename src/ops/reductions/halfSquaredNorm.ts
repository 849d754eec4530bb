import { reduction } from '../reduction.ts';

export const halfSquaredNorm = reduction({
  id: 'halfSquaredNorm',
  title: 'half squared norm',
  symbol: '½‖x‖²',
  help: 'Half the sum of the squares of the entries. The half is there for the gradient, which is simply x.',
  passes: 'passes the upstream gradient times its input',
  latex: {
    forward: ({ x }) => `\\tfrac12 \\lVert ${x} \\rVert^2`,
    local: ({ x }) => ({ x }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5, 2] } } },
  forward: (o, { x }, { axes, keepDims }) => o.mul(o.sum(o.square(x), axes, keepDims), 0.5),
  derivative: (_, { inputs: { x } }) => x,
});

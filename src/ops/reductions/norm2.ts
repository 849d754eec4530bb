import { reduction } from '../reduction.ts';

export const norm2 = reduction({
  id: 'norm2',
  title: '2-norm',
  symbol: '‖x‖',
  help: 'The length of the input as a vector: the square root of the sum of squares. Its gradient is the vector of length 1 in the same direction; at 0, where there is no direction, nothing passes.',
  passes: 'passes the upstream gradient times the unit vector x/‖x‖',
  latex: {
    forward: ({ x }) => `\\lVert ${x} \\rVert`,
    local: ({ x }) => ({ x: `\\frac{${x}}{\\lVert ${x} \\rVert}` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5, 2] } } },
  forward: (o, { x }, { axes, keepDims }) => o.sqrt(o.sum(o.square(x), axes, keepDims)),
  derivative: (o, { inputs: { x }, output }) => o.where(o.equal(output, 0), 0, o.div(x, output)),
});

import { reduction } from '../reduction.ts';

export const norm1 = reduction({
  id: 'norm1',
  title: '1-norm',
  symbol: '‖x‖₁',
  help: 'The sum of the absolute values of the entries. Backward every entry receives the upstream gradient with its own sign; an entry that is exactly 0 receives nothing.',
  passes: 'passes the upstream gradient times the sign of each entry',
  latex: {
    forward: ({ x }) => `\\lVert ${x} \\rVert_1`,
    local: ({ x }) => ({ x: `\\operatorname{sign}(${x})` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5, 2] } } },
  forward: (o, { x }, { axes, keepDims }) => o.sum(o.abs(x), axes, keepDims),
  derivative: (o, { inputs: { x } }) => o.sign(x),
});

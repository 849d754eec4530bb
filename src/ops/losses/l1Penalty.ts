import { z } from 'zod';
import { numberAttr } from '../attrs/numbers.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';

export const l1Penalty = defineOperation({
  id: 'l1Penalty',
  title: 'L1 penalty',
  group: 'losses',
  symbol: 'λ‖x‖₁',
  help: 'Strength times the sum of the absolute values: added to a loss, it pulls every weight towards 0 with the same force, so that many become exactly 0. Its gradient is strength times the sign.',
  passes: 'passes the upstream gradient times strength times the sign of its input',
  ports: [port('x')],
  attrs: z.strictObject({ strength: numberAttr('The strength').default(0.01) }),
  latex: {
    forward: ({ x }, { strength }) => `${strength}\\,\\lVert ${x} \\rVert_1`,
    local: ({ x }, _, { strength }) => ({ x: `${strength}\\,\\operatorname{sign}(${x})` }),
  },
  sample: { attrs: { strength: 0.5 }, inputs: { x: { value: [0.5, -1.5, 2] } } },
  form: ({ x }) => ({ batched: x.batched, shape: [] }),
  forward: (o, { x }, { strength }) => o.mul(o.sum(o.abs(x)), strength),
  backward: (o, { inputs: { x }, upstream, attrs: { strength } }) =>
    scaled(o, upstream, { x: o.mul(o.sign(x), strength) }),
  local: (o, { inputs: { x }, attrs: { strength } }) =>
    elementwiseLocal({ x: o.mul(o.sign(x), strength) }),
});

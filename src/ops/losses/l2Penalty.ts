import { z } from 'zod';
import { numberAttr } from '../attrs/numbers.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { elementwiseLocal, scaled } from './loss.ts';

export const l2Penalty = defineOperation({
  id: 'l2Penalty',
  title: 'L2 penalty',
  group: 'losses',
  symbol: 'λ½‖x‖²',
  help: 'Half the strength times the sum of the squares: added to a loss, it pulls weights towards 0 the harder the larger they are. Its gradient is strength times x, which is weight decay.',
  passes: 'passes the upstream gradient times strength times its input',
  ports: [port('x')],
  attrs: z.strictObject({ strength: numberAttr('The strength').default(0.01) }),
  latex: {
    forward: ({ x }, { strength }) => `\\tfrac{${strength}}{2} \\lVert ${x} \\rVert^2`,
    local: ({ x }, _, { strength }) => ({ x: `${strength}\\,${x}` }),
  },
  sample: { attrs: { strength: 0.5 }, inputs: { x: { value: [0.5, -1.5, 2] } } },
  form: ({ x }) => ({ batched: x.batched, shape: [] }),
  forward: (o, { x }, { strength }) => o.mul(o.sum(o.square(x)), strength / 2),
  backward: (o, { inputs: { x }, upstream, attrs: { strength } }) =>
    scaled(o, upstream, { x: o.mul(x, strength) }),
  local: (o, { inputs: { x }, attrs: { strength } }) => elementwiseLocal({ x: o.mul(x, strength) }),
});

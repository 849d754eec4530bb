import { z } from 'zod';
import { numberAttr } from '../attrs/numbers.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';
import { warning } from '../warning.ts';

export const power = elementwise({
  id: 'power',
  title: 'power',
  group: 'functions',
  symbol: 'xᵏ',
  help: 'The input to the power k, a fixed exponent. Backward the upstream gradient is multiplied by k·xᵏ⁻¹. A whole exponent also works on negative numbers.',
  passes: 'passes the upstream gradient times k·xᵏ⁻¹',
  ports: [port('x')],
  attrs: z.strictObject({ exponent: numberAttr('The exponent').default(2) }),
  latex: {
    forward: ({ x }, { exponent }) => `{${x}}^{${exponent}}`,
    local: ({ x }, _, { exponent }) => ({ x: `${exponent}\\,{${x}}^{${exponent - 1}}` }),
  },
  sample: { attrs: { exponent: 3 }, inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }, { exponent }) => o.pow(x, exponent),
  derivative: (o, { inputs: { x }, attrs: { exponent } }) => ({
    // x⁰ is 1 everywhere: 0·x⁻¹ would be no number at 0.
    x: exponent === 0 ? 0 : o.mul(o.pow(x, exponent - 1), exponent),
  }),
  warn: ({ x }, { exponent }) =>
    Number.isInteger(exponent)
      ? exponent < 0
        ? warning(x, (entry) => entry === 0, 'A negative power of 0 is infinite')
        : null
      : warning(x, (entry) => entry < 0, 'A power that is not whole does not exist below 0'),
});

import { z } from 'zod';
import { wholeAttr } from '../attrs/numbers.ts';
import { defineOperation } from '../operation.ts';
import { indexPort } from '../ports.ts';

export const oneHot = defineOperation({
  id: 'oneHot',
  title: 'one-hot',
  group: 'shape',
  symbol: '1ᵢ',
  help: 'Turns a class index, counted from 0, into a vector with 1 at that place and 0 elsewhere. An index cannot change a little, so it receives no gradient.',
  passes: 'passes nothing: a class index has no gradient',
  ports: [indexPort('index')],
  attrs: z.strictObject({ classes: wholeAttr('The number of classes', 1).default(10) }),
  latex: { forward: ({ index }) => `\\mathbf{e}_{${index}}` },
  sample: { attrs: { classes: 3 }, inputs: { index: { batched: true, value: [2, 0] } } },
  form: ({ index }, { classes }) => ({
    batched: index.batched,
    shape: [...index.shape, classes],
  }),
  forward: (o, { index }, { classes }) => o.oneHot(index, classes),
  backward: () => ({ index: null }),
});

import { z } from 'zod';
import { shapeAttr, tensorAttr, valueMismatch } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { noGradient, notComputed } from './source.ts';

export const constant = defineOperation({
  id: 'constant',
  title: 'constant',
  group: 'sources',
  symbol: 'c',
  help: 'A fixed number or tensor. It receives no gradient: nobody asks how the loss would answer if it changed. A variable in its place would receive one.',
  passes: 'receives no gradient, because it never changes',
  ports: [],
  attrs: z
    .strictObject({ shape: shapeAttr.default([]), value: tensorAttr.optional() })
    .superRefine(({ shape, value }, context) => {
      const message = value && valueMismatch(value, shape);
      if (message) context.addIssue({ code: 'custom', message, path: ['value'] });
    }),
  latex: { forward: () => 'c' },
  sample: { attrs: { shape: [], value: 2 }, inputs: {} },
  form: (_, { shape }) => ({ batched: false, shape }),
  forward: notComputed,
  backward: noGradient,
  source: ({ value }) => (value ? { batched: false, array: value } : null),
});

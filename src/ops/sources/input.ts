import { z } from 'zod';
import { exampleOf } from '#tensor';
import { shapeAttr, tensorAttr, valueMismatch } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { noGradient, notComputed } from './source.ts';

export const input = defineOperation({
  id: 'input',
  title: 'input',
  group: 'sources',
  symbol: 'x',
  help: 'Data: a value that you type in, or a field of the data set that the graph is trained on. With “one per example” it holds a whole mini-batch, the batch axis first.',
  passes: 'keeps the gradient that arrives: how the loss answers to this value',
  ports: [],
  attrs: z
    .strictObject({
      shape: shapeAttr.default([]),
      batched: z.boolean().default(false),
      value: tensorAttr.optional(),
      field: z.string().min(1).optional(),
    })
    .superRefine(({ shape, batched, value }, context) => {
      if (!value) return;
      const wanted = batched ? [value.shape[0] ?? 0, ...shape] : shape;
      const message =
        batched && (value.shape.length === 0 || value.shape[0] === 0)
          ? 'A value with one entry per example needs a batch axis in front, with at least one example.'
          : valueMismatch(value, wanted);
      if (message) context.addIssue({ code: 'custom', message, path: ['value'] });
    }),
  latex: { forward: () => 'x' },
  sample: { attrs: { shape: [], value: 2 }, inputs: {} },
  form: (_, { batched, shape }) => ({ batched, shape }),
  forward: notComputed,
  backward: noGradient,
  replica: (_, { field: __, ...attrs }, example) => ({
    ...attrs,
    batched: false,
    value: attrs.value && attrs.batched ? exampleOf(attrs.value, example) : attrs.value,
  }),
  source: ({ batched, value }) => (value ? { batched, array: value } : null),
});

import { z } from 'zod';
import { shapeAttr, tensorAttr, valueMismatch } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { initAttr, initialValue } from './initializers.ts';
import { noGradient, notComputed } from './source.ts';

export const parameter = defineOperation({
  id: 'parameter',
  title: 'parameter',
  group: 'sources',
  symbol: 'θ',
  help: 'A trainable value, shared by all examples of a batch: its gradient is the sum over the examples. Without a typed-in value it starts from its initializer and seed.',
  passes: 'keeps the gradient that arrives: training steps against it',
  ports: [],
  attrs: z
    .strictObject({
      shape: shapeAttr.default([]),
      value: tensorAttr.optional(),
      init: initAttr.optional(),
      frozen: z.boolean().default(false),
      /** What its learning rate is multiplied with; 0 freezes it. */
      rate: z.number().min(0, { error: 'The rate must be at least 0.' }).default(1),
      /** Its own λ of L2, instead of the run's. */
      weightDecay: z.number().min(0, { error: 'The weight decay must be at least 0.' }).optional(),
      seed: z.int().default(0),
    })
    .superRefine(({ shape, value }, context) => {
      const message = value && valueMismatch(value, shape);
      if (message) context.addIssue({ code: 'custom', message, path: ['value'] });
    }),
  latex: { forward: () => '\\theta' },
  sample: { attrs: { shape: [], value: 2 }, inputs: {} },
  form: (_, { shape }) => ({ batched: false, shape }),
  forward: notComputed,
  backward: noGradient,
  source: ({ shape, value, init, seed }, id) => ({
    batched: false,
    array: value ?? initialValue(shape, init, seed, id),
  }),
});

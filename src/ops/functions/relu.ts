import { z } from 'zod';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const relu = elementwise({
  id: 'relu',
  title: 'ReLU',
  nickname: 'router',
  group: 'functions',
  symbol: '⌐',
  help: 'The maximum of 0 and the input. Backward the gradient passes unchanged where the input was positive and stops where it was not; at exactly 0 the attribute decides.',
  passes: 'passes the upstream gradient where its input was positive, and 0 elsewhere',
  ports: [port('x')],
  attrs: z.strictObject({
    atZero: z.union([z.literal(0), z.literal(1)]).default(0),
  }),
  latex: {
    forward: ({ x }) => `\\max(0, ${x})`,
    local: ({ x }, _, { atZero }) => ({
      x: `\\mathbf{1}[${x} ${atZero === 0 ? '>' : '\\ge'} 0]`,
    }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.relu(x),
  derivative: (o, { inputs: { x }, attrs: { atZero } }) => ({
    x: atZero === 0 ? o.step(x) : o.greaterEqual(x, 0),
  }),
});

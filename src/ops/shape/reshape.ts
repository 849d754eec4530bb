import { z } from 'zod';
import { formatShape, type Shape, sizeOf } from '#tensor';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

const lengthError = 'Every axis needs a length of at least 1; one may be −1 and takes the rest.';

export const reshape = defineOperation({
  id: 'reshape',
  title: 'reshape',
  group: 'shape',
  symbol: '▭',
  help: 'Gives one example another shape with the same entries in the same order. One axis may be −1: it takes what is left. The batch axis is never touched. Backward the gradient takes the old shape again.',
  passes: 'passes the upstream gradient on in the shape of its input',
  ports: [port('x')],
  attrs: z.strictObject({
    shape: z
      .array(
        z.int({ error: lengthError }).refine((length) => length === -1 || length >= 1, {
          error: lengthError,
        }),
      )
      .refine((shape) => shape.filter((length) => length === -1).length <= 1, {
        error: 'Only one axis of the new shape may be −1.',
      })
      .default([-1]),
  }),
  latex: {
    forward: ({ x }) => `\\operatorname{reshape}(${x})`,
    flowsBack: (_, g) => ({ x: `\\operatorname{reshape}\\left(${g}\\right)` }),
  },
  sample: {
    attrs: { shape: [3, -1] },
    inputs: {
      x: {
        value: [
          [0.5, -1, 2],
          [1.5, 0.25, -0.75],
        ],
      },
    },
  },
  form: ({ x }, { shape }) => ({ batched: x.batched, shape: resolved(x.shape, shape) }),
  forward: (o, { x }, { shape }) => o.reshape(x, resolved(x.shape, shape)),
  backward: (o, { inputs: { x }, upstream }) => ({ x: o.reshape(upstream, x.shape) }),
});

/** The wanted shape with its −1 filled in. Throws `ShapeError` where the sizes do not agree. */
function resolved(from: Shape, wanted: Shape): Shape {
  const size = sizeOf(from);
  const known = sizeOf(wanted.filter((length) => length !== -1));
  const shape = wanted.map((length) => (length === -1 ? size / known : length));
  if (shape.every(Number.isInteger) && sizeOf(shape) === size) return shape;
  throw new ShapeError(
    `x is ${formatShape(from)} and has ${size} entries; they do not fill the shape ${formatShape(wanted)}.`,
    'x',
  );
}

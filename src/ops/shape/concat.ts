import { z } from 'zod';
import { type Form, formatShape, normalizeAxis, type Shape, TensorError } from '#tensor';
import { operands } from '../elementwise.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

export const concat = defineOperation({
  id: 'concat',
  title: 'concat',
  group: 'shape',
  symbol: '⊕',
  help: 'Joins its inputs one behind the other along an axis of one example; all other axes must agree. Backward every input receives its own piece of the gradient.',
  passes: 'passes to each input its own piece of the upstream gradient',
  ports: [port('a'), port('b')],
  variadic: true,
  attrs: z.strictObject({
    axis: z.int({ error: 'The axis must be a whole number.' }).default(0),
  }),
  latex: {
    forward: (names) => `[${Object.values(names).join(',\\;')}]`,
    flowsBack: (names, g) => partsOf(names, g),
  },
  sample: {
    attrs: { axis: 1 },
    inputs: {
      a: {
        batched: true,
        value: [
          [
            [0.5, -1],
            [1.5, 0.25],
          ],
          [
            [2, 1],
            [-0.5, 0.75],
          ],
        ],
      },
      b: { value: [[2], [-0.75]] },
      c: { value: [[0.125], [1]] },
    },
  },
  form: (inputs, { axis }) => {
    const parts: [string, Form][] = Object.entries(inputs);
    const first: Shape = inputs.a.shape;
    const at = axisOf(axis, first);
    let length = 0;
    for (const [name, { shape }] of parts) {
      const fits =
        shape.length === first.length &&
        shape.every((own, along) => along === at || own === first[along]);
      if (!fits) {
        throw new ShapeError(
          `Joined along axis ${axis}, all other axes must agree: a is ${formatShape(first)}, ${name} is ${formatShape(shape)}.`,
          name,
        );
      }
      length += shape[at] ?? 0;
    }
    return {
      batched: parts.some(([, { batched }]) => batched),
      shape: first.map((own, along) => (along === at ? length : own)),
    };
  },
  forward: (o, inputs, { axis }) => o.concat(operands(inputs), axis),
  backward: (o, { inputs, upstream, attrs }) => {
    const at = axisOf(attrs.axis, upstream.shape);
    let next = 0;
    const pieces = Object.entries(inputs).map(([name, { shape }]) => {
      const start = shape.map((_, along) => (along === at ? next : 0));
      next += shape[at] ?? 0;
      return [name, o.slice(upstream, start, shape)] as const;
    });
    return Object.fromEntries(pieces) as Record<'a' | 'b', (typeof pieces)[number][1]>;
  },
});

function axisOf(axis: number, shape: Shape): number {
  try {
    return normalizeAxis(axis, shape.length);
  } catch (error) {
    if (error instanceof TensorError) throw new ShapeError(error.message, 'a');
    throw error;
  }
}

/** Each input's own piece of the upstream gradient. */
function partsOf(names: Readonly<Record<string, string>>, g: string): Record<string, string> {
  const pieces = Object.entries(names).map(([port, name]) => [
    port,
    `\\left[${g}\\right]_{${name}}`,
  ]);
  return Object.fromEntries(pieces);
}

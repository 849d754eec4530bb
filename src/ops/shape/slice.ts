import { z } from 'zod';
import { formatShape, type Shape } from '#tensor';
import { wholeAttr } from '../attrs/numbers.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

export const slice = defineOperation({
  id: 'slice',
  title: 'slice',
  group: 'shape',
  symbol: '[i:j]',
  help: 'Cuts a box out of one example: `size` entries from `start` along each axis. An axis without a start begins at 0, one without a size goes to its end. Backward the gradient goes into the box, with zeros around it.',
  passes: 'passes the upstream gradient to what was cut out, and 0 to the rest',
  ports: [port('x')],
  attrs: z.strictObject({
    start: z.array(wholeAttr('A start', 0)).default([]),
    size: z.array(wholeAttr('A size', 1)).default([]),
  }),
  latex: {
    forward: ({ x }) => `${x}_{[i:j]}`,
    flowsBack: (_, g) => ({ x: `\\operatorname{pad}\\left(${g}\\right)` }),
  },
  sample: {
    attrs: { start: [0, 1], size: [2, 2] },
    inputs: {
      x: {
        value: [
          [0.5, -1, 2],
          [1.5, 0.25, -0.75],
        ],
      },
    },
  },
  form: ({ x }, attrs) => ({ batched: x.batched, shape: box(x.shape, attrs).size }),
  forward: (o, { x }, attrs) => {
    const { start, size } = box(x.shape, attrs);
    return o.slice(x, start, size);
  },
  backward: (o, { inputs: { x }, upstream, attrs }) => {
    const { start, size } = box(x.shape, attrs);
    const around = x.shape.map((length, axis) => {
      const before = start[axis] ?? 0;
      return [before, length - before - (size[axis] ?? 0)] as const;
    });
    return { x: o.pad(upstream, around) };
  },
});

interface Box {
  readonly start: readonly number[];
  readonly size: Shape;
}

/** Start and size along every axis. Throws `ShapeError` where the box does not lie within x. */
function box(shape: Shape, given: Box): Box {
  const start = shape.map((_, axis) => given.start[axis] ?? 0);
  const size = shape.map((length, axis) => given.size[axis] ?? length - (start[axis] ?? 0));
  const within = shape.every((length, axis) => {
    const own = size[axis] ?? 0;
    return own >= 1 && (start[axis] ?? 0) + own <= length;
  });
  if (within && given.start.length <= shape.length && given.size.length <= shape.length) {
    return { start, size };
  }
  throw new ShapeError(
    `A box of size [${given.size.join(', ')}] from [${given.start.join(', ')}] does not lie within x, which is ${formatShape(shape)}.`,
    'x',
  );
}

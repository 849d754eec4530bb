import { z } from 'zod';
import { formatShape, type Shape } from '#tensor';
import { wholeAttr } from '../attrs/numbers.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

const count = wholeAttr('A padding', 0);

export const pad = defineOperation({
  id: 'pad',
  title: 'pad',
  group: 'shape',
  symbol: '▣',
  help: 'Puts zeros around one example: so many before and after along each axis; an axis that is not listed gets none. Backward the part of the gradient that fell on the zeros is cut off.',
  passes: 'passes the upstream gradient on without what fell on the padding',
  ports: [port('x')],
  attrs: z.strictObject({ padding: z.array(z.tuple([count, count])).default([]) }),
  latex: {
    forward: ({ x }) => `\\operatorname{pad}(${x})`,
    flowsBack: (_, g) => ({ x: `\\left[${g}\\right]_{[i:j]}` }),
  },
  sample: {
    attrs: {
      padding: [
        [1, 0],
        [0, 2],
      ],
    },
    inputs: {
      x: {
        value: [
          [0.5, -1],
          [1.5, 0.25],
        ],
      },
    },
  },
  form: ({ x }, { padding }) => {
    if (padding.length > x.shape.length) {
      throw new ShapeError(
        `The padding is for ${padding.length === 1 ? 'one axis' : `${padding.length} axes`}, and x is ${formatShape(x.shape)}.`,
        'x',
      );
    }
    const around = paddingOf(x.shape, padding);
    return {
      batched: x.batched,
      shape: x.shape.map((length, axis) => {
        const [before, after] = around[axis] ?? [0, 0];
        return before + length + after;
      }),
    };
  },
  forward: (o, { x }, { padding }) => o.pad(x, paddingOf(x.shape, padding)),
  backward: (o, { inputs: { x }, upstream, attrs: { padding } }) => {
    const start = paddingOf(x.shape, padding).map(([before]) => before);
    return { x: o.slice(upstream, start, x.shape) };
  },
});

function paddingOf(shape: Shape, padding: readonly (readonly [number, number])[]) {
  return shape.map((_, axis) => padding[axis] ?? ([0, 0] as const));
}

import { z } from 'zod';
import { formatShape, sizeOf } from '#tensor';
import { wholeAttr } from '../attrs/numbers.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { optionalPort, port } from '../ports.ts';
import { overImages, requireImage, stackShape, windowsAlong } from './image.ts';

export const conv2d = defineOperation({
  id: 'conv2d',
  title: 'conv2d',
  group: 'layers',
  symbol: '∗',
  help: 'Slides filters over an image and takes their inner product with what lies underneath (cross-correlation), one feature map for each filter. The filters [height, width, input channels, filters] are shared by all places and all examples, so their gradient is a sum over both.',
  passes:
    'passes the gradient back through every window to the image, and sums it over all places for filters and bias',
  ports: [port('x'), port('w'), optionalPort('b')],
  attrs: z.strictObject({
    stride: wholeAttr('The stride', 1).default(1),
    padding: wholeAttr('The padding', 0).default(0),
  }),
  latex: {
    forward: ({ x, w, b }) => (b === undefined ? `${w} \\ast ${x}` : `${w} \\ast ${x} + ${b}`),
    local: () => ({ b: '1' }),
    flowsBack: ({ x, w }, g) => ({
      x: `\\operatorname{flip}(${w}) \\ast ${g}`,
      w: `${x} \\ast ${g}`,
    }),
  },
  sample: {
    attrs: { stride: 1, padding: 1 },
    inputs: {
      x: {
        batched: true,
        value: [
          [
            [[0.5], [-1], [2]],
            [[1.5], [0.25], [-0.75]],
          ],
          [
            [[-0.5], [1], [0.125]],
            [[0.75], [-2], [1.25]],
          ],
        ],
      },
      w: {
        value: [
          [[[0.5, -1]], [[2, 0.25]]],
          [[[-0.75, 1]], [[1.5, -0.5]]],
        ],
      },
      b: { value: [0.1, -0.2] },
    },
  },
  work: ({ w, b }, output) => {
    const [rows = 1, columns = 1, depth = 1] = w.shape;
    const multiplications = sizeOf(output.shape) * rows * columns * depth;
    return { multiplications, connections: multiplications + (b ? sizeOf(output.shape) : 0) };
  },
  window: ({ w: { shape } }, { stride }) => ({ size: [shape[0] ?? 1, shape[1] ?? 1], stride }),
  form: ({ x, w, b }, window) => {
    requireImage(x);
    const [height = 1, width = 1, channels = 1] = x.shape;
    const [rows, columns, depth, filters] = w.shape;
    if (
      rows === undefined ||
      columns === undefined ||
      filters === undefined ||
      w.shape.length > 4
    ) {
      throw new ShapeError(
        `The filters must be [height, width, input channels, filters], and w is ${formatShape(w.shape)}.`,
        'w',
      );
    }
    if (w.batched) {
      throw new ShapeError(
        'The filters must be the same for all examples, and w holds one set per example.',
        'w',
      );
    }
    if (depth !== channels) {
      throw new ShapeError(
        `A filter is as deep as its input: x is ${formatShape(x.shape)} with ${channels} channels, w is ${formatShape(w.shape)} for ${depth}.`,
        'w',
      );
    }
    if (b && (b.shape.length !== 1 || b.shape[0] !== filters)) {
      throw new ShapeError(
        `The bias must be a vector of ${filters}, one for each filter, and b is ${formatShape(b.shape)}.`,
        'b',
      );
    }
    const shape = [
      windowsAlong('height', height, rows, window),
      windowsAlong('width', width, columns, window),
      filters,
    ];
    return { batched: x.batched || (b?.batched ?? false), shape };
  },
  forward: (o, { x, w, b }, { stride, padding }) => {
    const [height = 1, width = 1] = x.shape;
    const [rows = 1, columns = 1, , filters = 1] = w.shape;
    const window = { stride, padding };
    const shape = [
      windowsAlong('height', height, rows, window),
      windowsAlong('width', width, columns, window),
      filters,
    ];
    const maps = overImages(o, shape, { op: 'conv2d', ...window }, [x], [w]);
    return b ? o.add(maps, b) : maps;
  },
  backward: (o, { inputs: { x, w }, upstream, attrs: { stride, padding } }) => {
    const window = { stride, padding };
    // A shared image under a bias per example: its gradients can be added up first.
    const g = x.batched ? upstream : o.batchSum(upstream);
    return {
      x: overImages(
        o,
        x.shape,
        { op: 'conv2dInputGradient', inputShape: stackShape(o, x), ...window },
        [g],
        [w],
      ),
      w: o.primitive(w, { op: 'conv2dFilterGradient', filterShape: w.shape, ...window }, [
        ...[x, g].map((value) => (value.batched ? value : o.reshape(value, [1, ...value.shape]))),
      ]),
      b: upstream,
    };
  },
  local: (o, { output }) => ({
    x: { kind: 'jacobian' },
    w: { kind: 'jacobian' },
    b: { kind: 'elementwise', value: o.filledLike(output, 1) },
  }),
});

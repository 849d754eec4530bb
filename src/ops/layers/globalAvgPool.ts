import { sizeOf } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { requireImage } from './image.ts';
import { poolingSample } from './pooling.ts';

export const globalAvgPool = defineOperation({
  id: 'globalAvgPool',
  title: 'global avgPool',
  nickname: 'distributor',
  group: 'layers',
  symbol: '▤→1',
  help: 'The average of each whole channel: from an image to one number per channel. Backward every place of a channel receives the same part of its gradient.',
  passes: 'passes to every place of a channel an equal part of its upstream gradient',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\operatorname{mean}_{h,w}(${x})`,
    local: () => ({ x: '\\tfrac{1}{h\\,w}' }),
  },
  sample: poolingSample,
  work: ({ x }) => ({ multiplications: 0, connections: sizeOf(x.shape) }),
  window: ({ x: { shape } }) => ({ size: [shape[0] ?? 1, shape[1] ?? 1], stride: 1 }),
  form: ({ x }) => {
    requireImage(x);
    return { batched: x.batched, shape: x.shape.slice(2) };
  },
  forward: (o, { x }) => o.mean(x, [0, 1]),
  backward: (o, { inputs: { x }, upstream }) => {
    const [height = 1, width = 1] = x.shape;
    return { x: o.div(upstream, height * width) };
  },
  local: (o, { inputs: { x } }) => {
    const [height = 1, width = 1] = x.shape;
    return { x: { kind: 'elementwise', value: o.filledLike(x, 1 / (height * width)) } };
  },
});

import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { overImages, stackShape } from './image.ts';
import {
  pooledForm,
  pooledShape,
  poolingAttrs,
  poolingSample,
  poolingWindow,
  poolingWork,
  slidingWindow,
} from './pooling.ts';

export const avgPool2d = defineOperation({
  id: 'avgPool2d',
  title: 'avgPool',
  nickname: 'distributor',
  group: 'layers',
  symbol: '▤',
  help: 'The average of every window, channel by channel; padding counts as zeros. Backward every entry of a window receives the same part of its gradient.',
  passes: 'passes to each entry of a window an equal part of its upstream gradient',
  ports: [port('x')],
  attrs: poolingAttrs,
  latex: {
    forward: ({ x }) => `\\operatorname{avgpool}(${x})`,
    flowsBack: (_, g, __, { size }) => ({
      x: `\\sum_{\\text{windows}} \\tfrac{1}{${size * size}}\\,${g}`,
    }),
  },
  sample: poolingSample,
  work: (_, output, attrs) => poolingWork(output, attrs),
  window: (_, attrs) => slidingWindow(attrs),
  form: ({ x }, attrs) => pooledForm(x, attrs),
  forward: (o, { x }, attrs) =>
    overImages(o, pooledShape(x.shape, attrs), { op: 'avgPool2d', ...poolingWindow(attrs) }, [x]),
  backward: (o, { inputs: { x }, upstream, attrs }) => ({
    x: overImages(
      o,
      x.shape,
      { op: 'avgPool2dGradient', inputShape: stackShape(o, x), ...poolingWindow(attrs) },
      [upstream],
    ),
  }),
});

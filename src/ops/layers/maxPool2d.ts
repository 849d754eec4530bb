import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { overImages } from './image.ts';
import {
  pooledForm,
  pooledShape,
  poolingAttrs,
  poolingSample,
  poolingWindow,
  poolingWork,
  slidingWindow,
} from './pooling.ts';

export const maxPool2d = defineOperation({
  id: 'maxPool2d',
  title: 'maxPool',
  nickname: 'router',
  group: 'layers',
  symbol: '▦',
  help: 'The largest entry of every window, channel by channel: the image gets smaller, what was found stays. Backward it is a router: each window sends its gradient to its first maximum. Padding never wins.',
  passes: 'routes the upstream gradient of each window to its largest entry; the others receive 0',
  ports: [port('x')],
  attrs: poolingAttrs,
  latex: {
    forward: ({ x }) => `\\operatorname{maxpool}(${x})`,
    flowsBack: ({ x }, g) => ({
      x: `\\sum_{\\text{windows}} \\mathbf{1}[i = \\operatorname{argmax} ${x}]\\,${g}`,
    }),
  },
  sample: poolingSample,
  work: (_, output, attrs) => poolingWork(output, attrs),
  window: (_, attrs) => slidingWindow(attrs),
  form: ({ x }, attrs) => pooledForm(x, attrs),
  forward: (o, { x }, attrs) =>
    overImages(o, pooledShape(x.shape, attrs), { op: 'maxPool2d', ...poolingWindow(attrs) }, [x]),
  backward: (o, { inputs: { x }, upstream, attrs }) => ({
    x: overImages(o, x.shape, { op: 'maxPool2dGradient', ...poolingWindow(attrs) }, [x, upstream]),
  }),
});

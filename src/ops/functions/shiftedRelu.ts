import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const shiftedRelu = elementwise({
  id: 'shiftedRelu',
  title: 'shifted ReLU',
  nickname: 'router',
  group: 'functions',
  symbol: '⌐−1',
  help: 'The maximum of −1 and the input: a ReLU moved to the left and down, so that its outputs can be negative. Backward the gradient passes where the input was above −1.',
  passes: 'passes the upstream gradient where its input was above −1, and 0 elsewhere',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\max(-1, ${x})`,
    local: ({ x }) => ({ x: `\\mathbf{1}[${x} > -1]` }),
  },
  sample: { inputs: { x: { value: [0.5, -0.25, -1.5] } } },
  forward: (o, { x }) => o.maximum(x, -1),
  derivative: (o, { inputs: { x } }) => ({ x: o.greater(x, -1) }),
});

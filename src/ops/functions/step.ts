import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const step = elementwise({
  id: 'step',
  title: 'step',
  nickname: 'threshold neuron',
  group: 'functions',
  symbol: 'x>0',
  help: 'The threshold neuron: 1 where the input is positive, else 0. It is flat on both sides, so no gradient passes and nothing before it can learn by gradient descent.',
  passes: 'passes 0: a small change of its input changes nothing',
  ports: [port('x')],
  attrs: noAttrs,
  latex: { forward: ({ x }) => `\\mathbf{1}[${x} > 0]`, local: () => ({ x: '0' }) },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.step(x),
  derivative: () => ({ x: 0 }),
  warn: () => 'No gradient passes a step: nothing before it can learn by gradient descent.',
});

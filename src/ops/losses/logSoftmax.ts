import { noAttrs } from '../attrs/schemas.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';
import { requireEntries } from './softmax.ts';

export const logSoftmax = defineOperation({
  id: 'logSoftmax',
  title: 'log-softmax',
  group: 'losses',
  symbol: 'ln softmax',
  help: 'The logarithms of the softmax probabilities along the last axis: each score less the log-sum-exp of all. In one operation it stays exact where softmax followed by log would give −∞.',
  passes: 'passes g − p·Σg: the upstream gradient less the probabilities times its sum',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `\\ln \\operatorname{softmax}(${x})`,
    local: ({ x }) => ({ x: `I - \\operatorname{softmax}(${x})\\,\\mathbf{1}^\\top` }),
    flowsBack: ({ x }, g) => ({
      x: `${g} - \\operatorname{softmax}(${x}) \\textstyle\\sum ${g}`,
    }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [1, -0.5, 0.25],
          [0.3, 2, -1],
        ],
      },
    },
  },
  form: ({ x }) => {
    requireEntries(x.shape);
    return x;
  },
  forward: (o, { x }) => {
    const shifted = o.sub(x, o.max(x, [-1], true));
    return o.sub(shifted, o.log(o.sum(o.exp(shifted), [-1], true)));
  },
  backward: (o, { output, upstream: g }) => ({
    x: o.sub(g, o.mul(o.exp(output), o.sum(g, [-1], true))),
  }),
});

import { constant, draw, examples, gate, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** One unit, four examples: γ·(x − μ)/√(σ² + ε) + β, every operation its own node (Ioffe and Szegedy 2015). */
export const batchNorm: Lesson = {
  id: 'batch-norm',
  title: 'Batch normalization spelled out',
  topic: 'Normalization and regularization',
  text: 'The four examples share γ, β, μ and σ², so the gradients of these are sums over the examples: 2 for β, 0.632 for γ. Two ways lead back to μ; the one through σ² brings 0, because the distances from the mean add up to 0. Three ways lead back to x, and their parts add for each example.',
  file: draw({
    title: 'Batch normalization spelled out',
    nodes: [
      examples('x', 'x', [1, 2, 4, 5], [0, 230]),
      gate('batchMean', 'mu', 'μ', [250, -24]),
      gate('sub', 'a', 'a', [950, -60]),
      gate('batchVariance', 'var', 'σ²', [440, 210]),
      constant('eps', 'ε', 0.00001, [430, 388]),
      gate('add', 'e', 'e', [650, 210]),
      gate('sqrt', 'c', 'c', [860, 210]),
      gate('reciprocal', 'r', 'b', [1070, 210]),
      gate('mul', 'xhat', 'x̂', [1280, 130]),
      parameter('gamma', 'γ', 2, [1420, 350]),
      gate('mul', 'scaled', 'γx̂', [1610, 130]),
      parameter('beta', 'β', 1, [1720, 296]),
      gate('add', 'y', 'y', [1930, 130]),
      examples('up', 'dL/dy', [1, 0, -1, 2], [1940, 370]),
      gate('mul', 'weighed', 'L', [2270, 130]),
    ],
    wires: {
      mu: { x: 'x' },
      var: { x: 'x', mean: 'mu' },
      a: { a: 'x', b: 'mu' },
      e: { a: 'var', b: 'eps' },
      c: { x: 'e' },
      r: { x: 'c' },
      xhat: { a: 'a', b: 'r' },
      scaled: { a: 'xhat', b: 'gamma' },
      y: { a: 'scaled', b: 'beta' },
      weighed: { a: 'y', b: 'up' },
    },
    loss: 'weighed',
    // The loss of a batch is the mean over its examples; four times that is their sum, so dL/dy is as written.
    seed: 4,
  }),
  // The lecture's golden numbers, in full from PyTorch; the zero by hand.
  expected: {
    loss: 0.8162271335632033,
    nodes: {
      beta: { gradient: 2 },
      gamma: { gradient: 0.6324542671264066 },
      mu: { value: 3, gradient: -2.529817068505626 },
      var: { value: 2.5, gradient: -0.2529806949277829 },
      xhat: {
        value: [-1.264908534252813, -0.6324542671264065, 0.6324542671264065, 1.264908534252813],
        gradient: [2, 0, -2, 4],
      },
      y: { gradient: [1, 0, -1, 2] },
      x: {
        gradient: [0.8854349620541894, -0.5059639196625151, -2.023853148843111, 1.6443821064514368],
      },
    },
    wires: { 'mu-var-mean': { gradient: 0 }, 'mu-a-b': { gradient: -2.529817068505626 } },
  },
};

import { constant, draw, gate, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** The objective of a Gaussian-process latent variable model, D/2·ln|K| + ½·tr(K⁻¹YYᵀ). */
export const gplvm: Lesson = {
  id: 'gplvm',
  title: 'Gaussian-process latent variable model',
  topic: 'Vectors and matrices',
  text: 'K = αXXᵀ + β⁻¹I is used twice: its log-determinant sends back K⁻ᵀ times the upstream gradient, and the inverse under the trace the second part. Their sum goes back to α, β and, on two ways again, to the latent points X.',
  file: draw({
    title: 'Gaussian-process latent variable model',
    nodes: [
      parameter(
        'X',
        'X',
        [
          [0.5, -0.3],
          [1.2, 0.4],
          [-0.7, 0.9],
        ],
        [0, 100],
      ),
      gate('transpose', 'Xt', 'Xᵀ', [260, 260]),
      gate('matmul', 'G', 'G', [480, 100]),
      parameter('alpha', 'α', 1.3, [460, -60]),
      gate('mul', 'aG', 'αG', [720, 80]),
      parameter('beta', 'β', 2.5, [0, 420]),
      gate('reciprocal', 'noise', 'β⁻¹', [240, 420]),
      constant(
        'I',
        'I',
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        [220, 580],
      ),
      gate('mul', 'nI', 'β⁻¹I', [500, 440]),
      gate('add', 'K', 'K', [920, 240]),
      constant('halfD', 'D/2', 2, [1140, -40]),
      gate('logdet', 'logdet', 'ln|K|', [1160, 100]),
      gate('mul', 'first', 'a', [1400, 60]),
      gate('inverse', 'Kinv', 'K⁻¹', [1160, 360]),
      constant(
        'Y',
        'Y',
        [
          [1, 0.2, -0.5, 0.3],
          [0.4, -1, 0.6, 0.1],
          [-0.2, 0.7, 1.1, -0.9],
        ],
        [580, 560],
      ),
      gate('transpose', 'Yt', 'Yᵀ', [880, 700]),
      gate('matmul', 'S', 'S', [1160, 560]),
      gate('matmul', 'KS', 'K⁻¹S', [1400, 460]),
      constant('half', 'half', 0.5, [1580, 320]),
      gate('trace', 'tr', 't', [1620, 460]),
      gate('mul', 'second', 'b', [1840, 460]),
      gate('add', 'L', 'L', [2060, 260]),
    ],
    wires: {
      Xt: { x: 'X' },
      G: { a: 'X', b: 'Xt' },
      aG: { a: 'alpha', b: 'G' },
      noise: { x: 'beta' },
      nI: { a: 'noise', b: 'I' },
      K: { a: 'aG', b: 'nI' },
      logdet: { x: 'K' },
      first: { a: 'halfD', b: 'logdet' },
      Kinv: { x: 'K' },
      Yt: { x: 'Y' },
      S: { a: 'Y', b: 'Yt' },
      KS: { a: 'Kinv', b: 'S' },
      tr: { x: 'KS' },
      second: { a: 'half', b: 'tr' },
      L: { a: 'first', b: 'second' },
    },
    loss: 'L',
  }),
  // PyTorch.
  expected: {
    loss: 3.826401570009427,
    nodes: {
      X: {
        gradient: [
          [0.7523910695665952, 0.03467784228781401],
          [1.8566891408369317, 1.0751719407573452],
          [-0.5150243340851045, 1.791584021806459],
        ],
      },
      alpha: { gradient: 1.9218579157267675 },
      beta: { gradient: -0.514961323571475 },
      logdet: { value: 0.806110084691456, gradient: 2 },
      tr: { value: 4.42836280125303, gradient: 0.5 },
      I: { gradient: null },
      Y: { gradient: null },
    },
  },
};

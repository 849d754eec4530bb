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
        [0, 7],
      ),
      gate('transpose', 'Xt', 'Xᵀ', [250, 237]),
      gate('matmul', 'G', 'G', [540, 157]),
      parameter('alpha', 'α', 1.3, [654, -19]),
      gate('mul', 'aG', 'αG', [800, 157]),
      parameter('beta', 'β', 2.5, [70, 381]),
      gate('reciprocal', 'noise', 'β⁻¹', [340, 391]),
      constant(
        'I',
        'I',
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        [110, 593],
      ),
      gate('mul', 'nI', 'β⁻¹I', [780, 413]),
      gate('add', 'K', 'K', [1040, 237]),
      constant('halfD', 'D/2', 2, [1500, 60]),
      gate('logdet', 'logdet', 'ln|K|', [1700, 237]),
      gate('mul', 'first', 'a', [1900, 227]),
      gate('inverse', 'Kinv', 'K⁻¹', [1280, 367]),
      constant(
        'Y',
        'Y',
        [
          [1, 0.2, -0.5, 0.3],
          [0.4, -1, 0.6, 0.1],
          [-0.2, 0.7, 1.1, -0.9],
        ],
        [480, 615],
      ),
      gate('transpose', 'Yt', 'Yᵀ', [870, 715]),
      gate('matmul', 'S', 'S', [1280, 625]),
      gate('matmul', 'KS', 'K⁻¹S', [1520, 447]),
      constant('half', 'half', 0.5, [1520, 323]),
      gate('trace', 'tr', 't', [1760, 447]),
      gate('mul', 'second', 'b', [1940, 389]),
      gate('add', 'L', 'L', [2120, 277]),
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

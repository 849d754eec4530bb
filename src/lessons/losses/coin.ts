import { constant, draw, gate, parameter } from '../drawing.ts';
import type { Lesson } from '../lesson.ts';

/** θ⁴(1 − θ)⁴: how likely four heads and four tails are. */
function likelihood(title: string, theta: number) {
  return draw({
    title,
    nodes: [
      constant('one', 'one', 1, [0, 0]),
      parameter('theta', 'θ', theta, [0, 160]),
      gate('sub', 'rest', '1−θ', [360, 40]),
      gate('power', 't', 't', [580, 40], { exponent: 4 }),
      gate('power', 'h', 'h', [580, 240], { exponent: 4 }),
      gate('mul', 'f', 'f', [820, 140]),
    ],
    wires: {
      rest: { a: 'one', b: 'theta' },
      t: { x: 'rest' },
      h: { x: 'theta' },
      f: { a: 't', b: 'h' },
    },
    loss: 'f',
  });
}

/** 4·ln θ + 4·ln(1 − θ). */
function logLikelihood(title: string, theta: number) {
  return draw({
    title,
    nodes: [
      constant('one', 'one', 1, [0, 0]),
      parameter('theta', 'θ', theta, [0, 160]),
      gate('sub', 'rest', '1−θ', [360, 40]),
      gate('log', 'lt', 'v', [580, 40]),
      constant('tails', 'tails', 4, [560, 160]),
      gate('mul', 't', 't', [820, 60]),
      gate('log', 'lh', 'u', [580, 300]),
      constant('heads', 'heads', 4, [560, 420]),
      gate('mul', 'h', 'h', [820, 320]),
      gate('add', 'f', 'f', [1060, 200]),
    ],
    wires: {
      rest: { a: 'one', b: 'theta' },
      lt: { x: 'rest' },
      t: { a: 'lt', b: 'tails' },
      lh: { x: 'theta' },
      h: { a: 'lh', b: 'heads' },
      f: { a: 't', b: 'h' },
    },
    loss: 'f',
  });
}

export const fairCoin: Lesson = {
  id: 'coin',
  title: 'Coin: likelihood at θ = 0.5',
  topic: 'Losses and likelihoods',
  text: 'A coin fell four times on heads and four times on tails. At θ = 0.5 the two ways back to θ bring 0.03125 and −0.03125: they cancel, so this θ makes the data most likely.',
  file: likelihood('Coin: likelihood at θ = 0.5', 0.5),
  // PyTorch, and by hand: 4·θ³·(1 − θ)⁴ = 2⁻⁵ on either way.
  expected: {
    loss: 0.00390625,
    nodes: { theta: { gradient: 0 }, rest: { value: 0.5, gradient: 0.03125 } },
    wires: { 'theta-h-x': { gradient: 0.03125 }, 'theta-rest-b': { gradient: -0.03125 } },
  },
};

export const fairCoinLog: Lesson = {
  id: 'coin-log',
  title: 'Coin: log-likelihood at θ = 0.5',
  topic: 'Losses and likelihoods',
  text: 'The logarithm turns the product of eight probabilities into a sum. The parts are now 8 and −8 instead of 0.03 and −0.03, and they cancel at the same θ.',
  file: logLikelihood('Coin: log-likelihood at θ = 0.5', 0.5),
  // PyTorch, and by hand: 4/θ = 8 on either way.
  expected: {
    loss: -5.545177444479562,
    nodes: { theta: { gradient: 0 }, rest: { gradient: 8 } },
    wires: { 'theta-lh-x': { gradient: 8 }, 'theta-rest-b': { gradient: -8 } },
  },
};

export const biasedCoin: Lesson = {
  id: 'coin-biased',
  title: 'Coin: likelihood at θ = 0.75',
  topic: 'Losses and likelihoods',
  text: 'At θ = 0.75 four tails are unlikely, and their way back to θ wins: the gradient is −0.0132, so a smaller θ makes the data more likely. Both numbers are tiny, and with more throws they would soon vanish.',
  file: likelihood('Coin: likelihood at θ = 0.75', 0.75),
  // PyTorch.
  expected: {
    loss: 0.0012359619140625,
    nodes: { theta: { gradient: -0.01318359375 }, rest: { gradient: 0.019775390625 } },
  },
};

export const biasedCoinLog: Lesson = {
  id: 'coin-biased-log',
  title: 'Coin: log-likelihood at θ = 0.75',
  topic: 'Losses and likelihoods',
  text: 'With the logarithm the same θ receives 4/0.75 − 4/0.25 = −10.67: the same direction, in numbers that do not vanish however often the coin is thrown.',
  file: logLikelihood('Coin: log-likelihood at θ = 0.75', 0.75),
  // PyTorch, and by hand: 16/3 − 16.
  expected: {
    loss: -6.695905734286686,
    nodes: { theta: { gradient: -32 / 3 }, rest: { value: 0.25, gradient: 16 } },
  },
};

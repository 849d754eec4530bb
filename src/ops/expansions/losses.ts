import { broadcastShapes } from '#tensor';
import { defineExpansion, ExpansionError, type Inside, type Part } from './expansion.ts';

export const softmaxCrossEntropy = defineExpansion({
  build: (inside) => {
    const scores = inside.input('scores');
    return inside.node('sub', {
      a: inside.node('logSumExp', { x: scores }, 'ln Σeᶻ'),
      b: chosen(inside, scores, 'z'),
    });
  },
});

export const crossEntropy = defineExpansion({
  note: 'A probability of 0 makes the logarithm infinite even where the target has no weight; cross-entropy as one node counts 0·ln 0 as 0.',
  build: (inside) => {
    const probabilities = inside.input('probabilities');
    if (isIndex(inside)) {
      const right = chosen(inside, probabilities, 'p');
      return inside.node('neg', { x: inside.node('log', { x: right }, 'ln p') });
    }
    const logs = inside.node('log', { x: probabilities }, 'ln p');
    return inside.node('neg', { x: chosen(inside, logs, 'ln p') });
  },
});

/** What of `values` (one for each class) the target asks for: an entry, or a weighted sum. */
function chosen(inside: Inside, values: Part, name: string): Part {
  const target = inside.input('target');
  return isIndex(inside)
    ? inside.node('select', { x: values, index: target }, `${name}[y]`)
    : inside.node('dot', { a: target, b: values }, `t·${name}`);
}

function isIndex(inside: Inside): boolean {
  return inside.shape('target').length === 0;
}

export const sigmoidCrossEntropy = defineExpansion({
  build: (inside) => {
    const score = inside.input('score');
    const entries = inside.node('sub', {
      a: inside.node('softplus', { x: score }),
      b: inside.node('mul', { a: inside.input('target'), b: score }, 't·z'),
    });
    return overEntries(inside, 'sum', entries, ['score', 'target']);
  },
});

export const hinge = defineExpansion<{ readonly margin: number }>({
  build: (inside, { margin }) => {
    const scores = inside.input('scores');
    const index = inside.input('target');
    const right = inside.node('select', { x: scores, index }, 'z[y]');
    const shortfall = inside.node('add', {
      a: inside.node('sub', { a: scores, b: right }),
      b: inside.number(margin),
    });
    const all = inside.node('sum', { x: inside.node('relu', { x: shortfall }) });
    // The right class counted as well: it falls short of itself by exactly the margin.
    return margin > 0 ? inside.node('sub', { a: all, b: inside.number(margin) }) : all;
  },
});

export const squaredError = defineExpansion({
  build: (inside) => {
    const squares = inside.node('square', { x: difference(inside) });
    return inside.node('mul', {
      a: inside.number(0.5, '½'),
      b: overEntries(inside, 'sum', squares, errorPorts),
    });
  },
});

export const meanSquaredError = defineExpansion({
  build: (inside) => {
    const squares = inside.node('square', { x: difference(inside) });
    return overEntries(inside, 'mean', squares, errorPorts);
  },
});

export const absoluteError = defineExpansion({
  build: (inside) => {
    const distances = inside.node('abs', { x: difference(inside) });
    return overEntries(inside, 'sum', distances, errorPorts);
  },
});

const errorPorts = ['prediction', 'target'] as const;

function difference(inside: Inside): Part {
  return inside.node('sub', { a: inside.input('prediction'), b: inside.input('target') }, 'd');
}

/** Reduces the entries of one example; a single number is left as it is. */
function overEntries(
  inside: Inside,
  op: 'sum' | 'mean',
  entries: Part,
  [a, b]: readonly [string, string],
): Part {
  const shape = broadcastShapes(inside.shape(a), inside.shape(b));
  return shape.length === 0 ? entries : inside.node(op, { x: entries });
}

interface Strength {
  readonly strength: number;
}

export const l2Penalty = defineExpansion<Strength>({
  build: (inside, { strength }) =>
    inside.node('mul', {
      a: inside.number(strength, 'λ'),
      b: inside.node('halfSquaredNorm', { x: inside.input('x') }),
    }),
});

export const l1Penalty = defineExpansion<Strength>({
  build: (inside, { strength }) =>
    inside.node('mul', {
      a: inside.number(strength, 'λ'),
      b: inside.node('norm1', { x: inside.input('x') }),
    }),
});

export const weightedSum = defineExpansion<{ readonly weights: readonly number[] }>({
  build: (inside, { weights }) => {
    const terms = inside.connected.map((port) => {
      const weight = weights[port.charCodeAt(0) - 97] ?? 1;
      return inside.node('mul', { a: inside.number(weight), b: inside.input(port) });
    });
    if (terms.length > 0) return inside.joined('add', terms);
    throw new ExpansionError('A weighted sum without inputs has nothing inside; connect one.');
  },
});

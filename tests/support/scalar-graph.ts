import { type GraphDocument, nodeId, readParsed } from '#graph';
import { catalogue } from '#ops';
import { seededRandom } from '#tensor';

const unary = ['neg', 'tanh', 'sigmoid', 'relu', 'square'] as const;
const binary = ['add', 'sub', 'mul', 'max'] as const;

interface Step {
  readonly op: (typeof unary)[number] | (typeof binary)[number];
  readonly inputs: readonly number[];
}

export interface ScalarGraph {
  readonly document: GraphDocument;
  /** The same as plain lists: the inputs' values, then every step with the numbers of its inputs. */
  readonly values: readonly number[];
  readonly steps: readonly (readonly [op: string, inputs: readonly number[]])[];
  /** Forward and backward in plain closures; gives the loss and the gradients of the inputs. */
  closures(): { readonly loss: number; readonly gradients: readonly number[] };
}

/** A random scalar graph with `size` nodes, as a document and as plain JavaScript closures. */
export function scalarGraph(size: number, inputs = 5, seed = 1): ScalarGraph {
  const random = seededRandom(seed, 'scalar graph');
  const values = Array.from({ length: inputs }, () => random.normal());
  const steps: Step[] = [];
  for (let at = inputs; at < size; at++) {
    // Mostly recent nodes, so that the graph is deep; squashed now and then, so that it stays finite.
    const pick = () => Math.max(0, at - 1 - random.index(Math.min(at, 8)));
    const squash = at % 4 === 3;
    const pool = squash ? (['tanh', 'sigmoid'] as const) : random.index(2) === 0 ? unary : binary;
    const op = pool[random.index(pool.length)] ?? 'neg';
    const arity = binary.some((name) => name === op) ? 2 : 1;
    steps.push({ op, inputs: arity === 2 ? [at - 1, pick()] : [at - 1] });
  }
  return {
    document: documentOf(values, steps),
    values,
    steps: steps.map(({ op, inputs }) => [op, inputs]),
    closures: closuresOf(values, steps),
  };
}

function documentOf(values: readonly number[], steps: readonly Step[]): GraphDocument {
  const last = values.length + steps.length - 1;
  const file = {
    format: 'gradwire',
    version: 1,
    title: 'random',
    nodes: [
      ...values.map((value, at) => ({
        id: `n${at}`,
        op: 'parameter',
        attrs: { shape: [], value },
      })),
      ...steps.map(({ op }, at) => ({ id: `n${at + values.length}`, op })),
    ],
    wires: steps.flatMap(({ inputs }, at) =>
      inputs.map((from, slot) => ({
        id: `w${at}-${slot}`,
        from: { node: `n${from}`, port: 'out' },
        to: { node: `n${at + values.length}`, port: inputs.length === 1 ? 'x' : 'ab'[slot] },
      })),
    ),
    loss: { node: nodeId(`n${last}`), seed: 1 },
  };
  const { document, repairs } = readParsed(file, catalogue);
  if (repairs[0]) throw repairs[0];
  return document;
}

/** One cell per node, one closure per node and direction, as in the smallest autograd programs. */
function closuresOf(values: readonly number[], steps: readonly Step[]): ScalarGraph['closures'] {
  const cells = [...values, ...steps.map(() => 0)].map((value) => ({ value, gradient: 0 }));
  type Cell = (typeof cells)[number];
  const rules: Record<Step['op'], (out: Cell, a: Cell, b: Cell) => [() => void, () => void]> = {
    neg: (out, a) => [
      () => {
        out.value = -a.value;
      },
      () => {
        a.gradient -= out.gradient;
      },
    ],
    tanh: (out, a) => [
      () => {
        out.value = Math.tanh(a.value);
      },
      () => {
        a.gradient += out.gradient * (1 - out.value * out.value);
      },
    ],
    sigmoid: (out, a) => [
      () => {
        out.value = 1 / (1 + Math.exp(-a.value));
      },
      () => {
        a.gradient += out.gradient * out.value * (1 - out.value);
      },
    ],
    relu: (out, a) => [
      () => {
        out.value = Math.max(0, a.value);
      },
      () => {
        a.gradient += a.value > 0 ? out.gradient : 0;
      },
    ],
    square: (out, a) => [
      () => {
        out.value = a.value * a.value;
      },
      () => {
        a.gradient += out.gradient * 2 * a.value;
      },
    ],
    add: (out, a, b) => [
      () => {
        out.value = a.value + b.value;
      },
      () => {
        a.gradient += out.gradient;
        b.gradient += out.gradient;
      },
    ],
    sub: (out, a, b) => [
      () => {
        out.value = a.value - b.value;
      },
      () => {
        a.gradient += out.gradient;
        b.gradient -= out.gradient;
      },
    ],
    mul: (out, a, b) => [
      () => {
        out.value = a.value * b.value;
      },
      () => {
        a.gradient += out.gradient * b.value;
        b.gradient += out.gradient * a.value;
      },
    ],
    max: (out, a, b) => [
      () => {
        out.value = Math.max(a.value, b.value);
      },
      () => {
        if (a.value >= b.value) a.gradient += out.gradient;
        else b.gradient += out.gradient;
      },
    ],
  };
  const cell = (at: number | undefined): Cell => cells[at ?? 0] ?? { value: 0, gradient: 0 };
  const compiled = steps.map(({ op, inputs: [a, b] }, at) =>
    rules[op](cell(at + values.length), cell(a), cell(b)),
  );
  const reversed = compiled.toReversed();
  const last = cell(cells.length - 1);
  return () => {
    for (const each of cells) each.gradient = 0;
    for (const [forward] of compiled) forward();
    last.gradient = 1;
    for (const [, backward] of reversed) backward();
    return {
      loss: last.value,
      gradients: cells.slice(0, values.length).map(({ gradient }) => gradient),
    };
  };
}

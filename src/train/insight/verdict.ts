import { type FormResult, inferForms, type NodeId, type PlannedNode } from '#graph';
import { sizeOf, type Value, type ValueOps } from '#tensor';
import type { DataInput, TrainableGraph } from '../graph.ts';

/** Where a graph gives its answer, and what the answer is compared with. */
export interface Verdict {
  readonly kind: 'classes' | 'yesNo' | 'numbers';
  /** The node that computes the loss of each example. */
  readonly loss: NodeId;
  readonly output: NodeId;
  readonly target: NodeId;
  /** Classes, or numbers in one answer. */
  readonly size: number;
  /** Makes what a person reads of the output: scores become probabilities. */
  shown<T>(o: ValueOps<T>, output: Value<T>): Value<T>;
}

interface Kind {
  readonly kind: Verdict['kind'];
  readonly port: string;
  readonly shown: Verdict['shown'];
}

const asIs: Verdict['shown'] = (_, output) => output;

/** By operation, the most telling first. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['softmaxCrossEntropy', { kind: 'classes', port: 'scores', shown: softmax }],
  ['crossEntropy', { kind: 'classes', port: 'probabilities', shown: asIs }],
  ['hinge', { kind: 'classes', port: 'scores', shown: softmax }],
  [
    'sigmoidCrossEntropy',
    { kind: 'yesNo', port: 'score', shown: (o, output) => o.sigmoid(output) },
  ],
  ['squaredError', { kind: 'numbers', port: 'prediction', shown: asIs }],
  ['meanSquaredError', { kind: 'numbers', port: 'prediction', shown: asIs }],
  ['absoluteError', { kind: 'numbers', port: 'prediction', shown: asIs }],
]);

/** The answer of a graph; undefined where its loss is of no kind that tells. */
export function verdictOf({ plan, document, registry }: TrainableGraph): Verdict | undefined {
  const forms = inferForms(document, registry);
  for (const [op, { kind, port, shown }] of kinds) {
    for (const { node, inputs } of plan) {
      if (node.op !== op) continue;
      const from = (name: string) => inputs.find((input) => input.port === name)?.from;
      const [output, target] = [from(port), from('target')];
      const form = output && formOf(forms, output);
      if (!output || !target || !form?.batched) continue;
      const size = sizeOf(form.shape);
      // Several questions of yes and no are numbers between 0 and 1.
      const own = kind === 'yesNo' && size > 1 ? 'numbers' : kind;
      return { kind: own, loss: node.id, output, target, size, shown };
    }
  }
  return undefined;
}

/** The inputs that an answer depends on, in the order of the plan. */
export function givenTo(graph: TrainableGraph, output: NodeId): readonly DataInput[] {
  const needed = new Set([output]);
  for (const { node, inputs } of graph.plan.toReversed()) {
    if (needed.has(node.id)) for (const { from } of inputs) needed.add(from);
  }
  return graph.inputs.filter(({ id }) => needed.has(id));
}

const activations = new Set([
  'relu',
  'leakyRelu',
  'prelu',
  'elu',
  'gelu',
  'shiftedRelu',
  'sigmoid',
  'tanh',
  'softplus',
  'maxout',
]);

/** The nodes whose activations and gradients tell of the layers: those with parameters, and activation functions. */
export function layersOf({ plan, parameters }: TrainableGraph): readonly PlannedNode[] {
  const isParameter = new Set(parameters.map(({ id }) => id));
  const weighs = ({ inputs }: PlannedNode) => inputs.some(({ from }) => isParameter.has(from));
  return plan.filter((planned) => {
    if (activations.has(planned.node.op)) return true;
    if (!weighs(planned)) return false;
    // Of W·x + b in two nodes, the sum tells all.
    const next = plan.filter(({ inputs }) => inputs.some(({ from }) => from === planned.node.id));
    const [only] = next;
    return !(next.length === 1 && only?.node.op === 'add' && weighs(only));
  });
}

export function formOf(forms: ReadonlyMap<NodeId, FormResult>, id: NodeId) {
  const result = forms.get(id);
  return result && 'form' in result ? result.form : undefined;
}

/** softmax over the last axis, with the largest score taken off first. */
function softmax<T>(o: ValueOps<T>, scores: Value<T>): Value<T> {
  const powers = o.exp(o.sub(scores, o.max(scores, [-1], true)));
  return o.div(powers, o.sum(powers, [-1], true));
}

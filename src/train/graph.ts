import {
  type GraphDocument,
  type GraphNode,
  indexOf,
  inferForms,
  type Loss,
  type NodeId,
  nodeName,
  type PlannedNode,
  planOf,
} from '#graph';
import type { Registry } from '#ops';
import { formatShape, type NdArray, type Shape } from '#tensor';
import { TrainingError } from './errors.ts';
import { averagesOf, needsCompany, type RunningAverage } from './modes.ts';
import { parameterOperation } from './parameters.ts';

/** A parameter that the loss depends on. */
export interface TrainableParameter {
  readonly id: NodeId;
  readonly name: string;
  readonly shape: Shape;
  readonly frozen: boolean;
  /** What its learning rate is multiplied with. */
  readonly rate: number;
  /** Its own λ of L2; undefined: the run's. */
  readonly weightDecay: number | undefined;
  /** What it starts from. */
  readonly initial: NdArray;
}

/** An input that takes its values from the data set. */
export interface DataInput {
  readonly id: NodeId;
  readonly name: string;
  readonly field: string;
  /** Of one example. */
  readonly shape: Shape;
}

/** Where a graph decides between classes, so that its answers can be right or wrong. */
export interface Classification {
  readonly loss: NodeId;
  readonly scores: NodeId;
  readonly target: NodeId;
  readonly classes: number;
}

/** The part of a document that its loss depends on, found fit for training. */
export interface TrainableGraph {
  readonly document: GraphDocument;
  readonly registry: Registry;
  /** Every node behind those it depends on. */
  readonly plan: readonly PlannedNode[];
  readonly loss: Loss;
  readonly parameters: readonly TrainableParameter[];
  readonly inputs: readonly DataInput[];
  readonly classification: Classification | undefined;
  readonly averages: readonly RunningAverage[];
  /** A node that learns nothing from a mini-batch of one example. */
  readonly lonely: GraphNode | undefined;
}

/** Finds what training works on. Throws `TrainingError`, which says what to put right. */
export function trainableGraph(document: GraphDocument, registry: Registry): TrainableGraph {
  const { loss } = document;
  if (!loss) {
    throw new TrainingError(
      'no-loss',
      'The graph has no loss: mark the node whose value is to become small.',
    );
  }
  const needed = ancestors(document, loss.node);
  checkForms(document, registry, loss, needed);
  const plan = planOf(document, registry, (id) => needed.has(id));
  const parameters = plan.flatMap(({ node, operation }) => {
    const held = node.op === parameterOperation ? operation.source?.(node.attrs, node.id) : null;
    if (!held) return [];
    const { array } = held;
    return [
      {
        id: node.id,
        name: nodeName(node),
        shape: array.shape,
        initial: array,
        ...wishesOf(node.attrs),
      },
    ];
  });
  if (!parameters.some(({ frozen }) => !frozen)) {
    throw new TrainingError(
      'no-parameters',
      'There is nothing to train: the loss depends on no parameter, or on frozen ones only.',
    );
  }
  const inputs = plan.flatMap(({ node }) => dataInput(node) ?? []);
  return {
    document,
    registry,
    plan,
    loss,
    parameters,
    inputs,
    classification: classificationOf(plan, document, registry),
    averages: plan.flatMap(({ node }) => averagesOf(document, registry, node)),
    lonely: needsCompany(document, registry, plan),
  };
}

/** How a parameter wants to be trained. */
function wishesOf(attrs: object): Pick<TrainableParameter, 'frozen' | 'rate' | 'weightDecay'> {
  const rate = 'rate' in attrs ? Number(attrs.rate) : 1;
  return {
    frozen: rate === 0 || ('frozen' in attrs && attrs.frozen === true),
    rate,
    weightDecay:
      'weightDecay' in attrs && attrs.weightDecay !== undefined
        ? Number(attrs.weightDecay)
        : undefined,
  };
}

/** The node and everything it depends on. */
function ancestors(document: GraphDocument, start: NodeId): ReadonlySet<NodeId> {
  const { incoming } = indexOf(document);
  const found = new Set([start]);
  for (const id of found) {
    for (const { from } of (incoming.get(id) ?? new Map()).values()) found.add(from.node);
  }
  return found;
}

function checkForms(
  document: GraphDocument,
  registry: Registry,
  loss: Loss,
  needed: ReadonlySet<NodeId>,
): void {
  const forms = inferForms(document, registry);
  for (const [id, result] of forms) {
    if (needed.has(id) && 'error' in result) {
      throw new TrainingError('bad-graph', result.error.message, id);
    }
  }
  const result = forms.get(loss.node);
  if (result && 'form' in result && result.form.shape.length > 0) {
    const node = indexOf(document).nodes.get(loss.node);
    throw new TrainingError(
      'bad-graph',
      `The loss “${node ? nodeName(node) : loss.node}” is ${formatShape(result.form.shape)}; training needs one number per example.`,
      loss.node,
    );
  }
}

function dataInput(node: GraphNode): DataInput | undefined {
  const { attrs } = node;
  if (!('field' in attrs) || typeof attrs.field !== 'string') return undefined;
  const shape = 'shape' in attrs && Array.isArray(attrs.shape) ? attrs.shape.map(Number) : [];
  if (!('batched' in attrs && attrs.batched === true)) {
    throw new TrainingError(
      'bad-field',
      `“${nodeName(node)}” takes the field “${attrs.field}”, which has a value for every example, but is shared: make it one per example.`,
      node.id,
    );
  }
  return { id: node.id, name: nodeName(node), field: attrs.field, shape };
}

/** The one softmax cross-entropy of the graph, where there is just one. */
function classificationOf(
  plan: readonly PlannedNode[],
  document: GraphDocument,
  registry: Registry,
): Classification | undefined {
  const losses = plan.filter(({ node }) => node.op === 'softmaxCrossEntropy');
  const [only] = losses;
  if (!only || losses.length > 1) return undefined;
  const scores = only.inputs.find(({ port }) => port === 'scores')?.from;
  const target = only.inputs.find(({ port }) => port === 'target')?.from;
  const form = scores && inferForms(document, registry).get(scores);
  if (!scores || !target || !form || !('form' in form)) return undefined;
  return { loss: only.node.id, scores, target, classes: form.form.shape[0] ?? 1 };
}

import {
  type FormResult,
  type GraphDocument,
  type GraphNode,
  indexOf,
  inferForms,
  type NodeId,
  nodeName,
  type PlannedNode,
} from '#graph';
import type { Registry } from '#ops';
import { type Form, type NdArray, sizeOf } from '#tensor';
import { TrainingError } from './errors.ts';

/** An average that training keeps running, for use after it. */
export interface RunningAverage {
  readonly id: NodeId;
  /** The attribute that stores it. */
  readonly attribute: string;
  /** What it starts from. */
  readonly initial: NdArray;
}

/** Running averages outside of an engine, by node and attribute. */
export type AverageValues = ReadonlyMap<NodeId, Readonly<Record<string, NdArray>>>;

/** The plan as the graph is used rather than trained: nothing is dropped, running averages stand in for the batch. */
export function planInUse(plan: readonly PlannedNode[]): readonly PlannedNode[] {
  return plan.map((planned) => {
    const { node } = planned;
    return isTraining(node) ? { ...planned, node: { ...node, attrs: inUse(node.attrs) } } : planned;
  });
}

/** Whether the node's operation behaves otherwise in training than in use, and is in training. */
export function isTraining({ attrs }: GraphNode): boolean {
  return 'training' in attrs && attrs.training === true;
}

/** The attributes of the same operation in use. */
export function inUse(attrs: object): object {
  return { ...attrs, training: false };
}

/** The averages that training keeps for a node: none unless it is in training. */
export function averagesOf(
  document: GraphDocument,
  registry: Registry,
  node: GraphNode,
): readonly RunningAverage[] {
  const operation = registry.get(node.op);
  const inputs = inputForms(document, inferForms(document, registry), node.id);
  if (!operation?.running || !inputs || !isTraining(node)) return [];
  const wanted = operation.auxiliary?.(inputs, inUse(node.attrs)) ?? {};
  return Object.entries(wanted).flatMap(([attribute, what]) =>
    what.kind === 'running' ? [{ id: node.id, attribute, initial: what.initial }] : [],
  );
}

/**
 * The first node whose averages need more than one example: over a batch of one, the mean is the
 * example itself and what is left of it is 0. Undefined where there is none.
 */
export function needsCompany(
  document: GraphDocument,
  registry: Registry,
  plan: readonly PlannedNode[],
): GraphNode | undefined {
  const forms = inferForms(document, registry);
  return plan.find(({ node }) => {
    const [average] = averagesOf(document, registry, node);
    const inputs = average && inputForms(document, forms, node.id);
    return Object.values(inputs ?? {}).some(
      ({ batched, shape }) => batched && sizeOf(shape) === average?.initial.data.length,
    );
  })?.node;
}

/** Throws `TrainingError` where mini-batches of one example would teach a node nothing. */
export function refuseLonely(lonely: GraphNode | undefined, size: number): void {
  if (!lonely || size > 1) return;
  throw new TrainingError(
    'bad-graph',
    `“${nodeName(lonely)}” normalizes over the examples of a mini-batch and needs at least 2 of them: make the mini-batch bigger.`,
    lonely.id,
  );
}

/** What arrives at the ports of a node; undefined where that is not known. */
function inputForms(
  document: GraphDocument,
  forms: ReadonlyMap<NodeId, FormResult>,
  id: NodeId,
): Readonly<Record<string, Form>> | undefined {
  const own = forms.get(id);
  if (!own || !('form' in own)) return undefined;
  const result: Record<string, Form> = {};
  for (const [port, { from }] of indexOf(document).incoming.get(id) ?? []) {
    const source = forms.get(from.node);
    if (source && 'form' in source) result[port] = source.form;
  }
  return result;
}

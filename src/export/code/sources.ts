import { type GraphDocument, inferForms, type NodeId, type PlannedNode, planOf } from '#graph';
import type { Auxiliary, Registry } from '#ops';
import { type ArrayValue, Float64Ops, type Form, filled, type NdArray, ValueOps } from '#tensor';
import type { Trace } from '#trace';
import { examples } from './expr.ts';

/** Why a graph cannot be written in some form; `message` is one sentence. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  /** The node that is to blame, where one is. */
  readonly node: NodeId | undefined;

  constructor(message: string, node?: NodeId) {
    super(message);
    this.node = node;
  }
}

/** A graph that can be computed, and what its code needs to know of it. */
export interface Computable {
  readonly document: GraphDocument;
  readonly registry: Registry;
  readonly plan: readonly PlannedNode[];
  readonly trace: Trace;
  form(id: NodeId): Form;
}

/**
 * Makes sure that a graph can be computed but for values that come from a data set. Throws the first thing that is
 * wrong with it.
 */
export function computable(trace: Trace, registry: Registry): Computable {
  const { document } = trace;
  for (const error of trace.errors) if (error.code !== 'missing-value') throw error;
  if (document.nodes.length === 0) throw new ExportError('The graph is empty.');
  const forms = inferForms(document, registry);
  for (const { id } of document.nodes) {
    const found = forms.get(id);
    if (found && 'error' in found) throw found.error;
  }
  return {
    document,
    registry,
    trace,
    plan: planOf(document, registry),
    form: (id) => {
      const found = forms.get(id);
      if (!found || !('form' in found))
        throw new ExportError(`The shape of “${id}” is not known.`, id);
      return found.form;
    },
  };
}

/** The full shape of a value of that form, for any number of examples. */
export function fullShape({ batched, shape }: Form): readonly number[] {
  return batched ? [examples, ...shape] : shape;
}

/** What a source holds; undefined where it waits for data. */
export function heldValue({ node, operation }: PlannedNode): ArrayValue | undefined {
  const held = operation.source?.(node.attrs, node.id);
  if (!held) return undefined;
  const { batched, array } = held;
  return { batched, shape: batched ? array.shape.slice(1) : array.shape, data: array };
}

/** The plan with masks taken out of the attributes, so that they are asked for. */
export function withoutMasks(plan: readonly PlannedNode[]): readonly PlannedNode[] {
  return plan.map((planned) => {
    const { node } = planned;
    if (!('mask' in node.attrs)) return planned;
    return { ...planned, node: { ...node, attrs: { ...node.attrs, mask: undefined } } };
  });
}

/**
 * The mask that the trace worked with at a node: what its operation makes of ones, times the probability of keeping.
 */
export function maskAt(
  { plan, trace }: Computable,
  id: NodeId,
  { form, keep }: Extract<Auxiliary, { kind: 'mask' }>,
): NdArray | undefined {
  const planned = plan.find(({ node }) => node.id === id);
  if (!planned) return undefined;
  const o = new ValueOps(new Float64Ops());
  const shape = form.batched ? [trace.batchSize, ...form.shape] : form.shape;
  const ones = { ...form, data: filled(shape, 1) };
  const { data } = planned.operation.forward(o, { x: ones }, planned.node.attrs);
  return { shape: data.shape, data: data.data.map((x) => Math.round(x * keep)) };
}

import {
  type Backward,
  backward,
  type FormResult,
  type ForwardOptions,
  forward,
  type GraphDocument,
  GraphError,
  indexOf,
  inferForms,
  type NodeId,
  nodeName,
  type PlannedNode,
  planOf,
  reaches,
  type WireGradient,
  type WireId,
} from '#graph';
import type { Local, Registry } from '#ops';
import {
  type ArrayValue,
  Float64Ops,
  type Form,
  filled,
  formatShape,
  type NdArray,
  sizeOf,
  ValueOps,
} from '#tensor';
import { roundDecimals, roundValue } from './rounding.ts';
import { type TraceStep, traceSteps } from './steps.ts';

/** What the trace knows of a node. */
export interface NodeTrace {
  /** Absent where it could not be computed: see `error` and `waitsFor`. */
  readonly value?: ArrayValue;
  /** dL/d value, the sum over its wires; null for a constant; absent without a loss. */
  readonly gradient?: ArrayValue | null;
  /** What is wrong with this very node. */
  readonly error?: GraphError;
  /** The node that has to be put right first. */
  readonly waitsFor?: NodeId;
}

/** Why a wire carries no gradient back. */
export type NoGradientReason = 'constant' | 'index';

/** What the trace knows of a wire. */
export interface WireTrace {
  readonly value?: ArrayValue;
  /** dL/d output of the node the wire enters; absent without a loss. */
  readonly upstream?: ArrayValue;
  /** upstream × local, in the form of the value; null where none passes; absent without a loss. */
  readonly gradient?: ArrayValue | null;
  readonly reason?: NoGradientReason | undefined;
  /** Computed when asked for. */
  local(): Local<NdArray> | null;
}

/** Everything there is to see of one forward and backward pass over a document, in float64. */
export interface Trace {
  readonly document: GraphDocument;
  /** The revision of the editor whose document this is: results of another are stale. */
  readonly revision: number;
  readonly nodes: ReadonlyMap<NodeId, NodeTrace>;
  readonly wires: ReadonlyMap<WireId, WireTrace>;
  /** The objective, without the seed: for a batched loss its mean over the batch. Absent without a (computable) loss. */
  readonly loss?: number;
  /** Examples in the batch; 1 where nothing is batched. */
  readonly batchSize: number;
  readonly errors: readonly GraphError[];
  readonly steps: readonly TraceStep[];
  /** To so many decimals every number was rounded before it was used. Absent where nothing was rounded. */
  readonly rounded?: number;
}

export interface TraceOptions {
  readonly revision?: number;
  /** Values for sources that hold none (or another): a mini-batch of the data set, say. */
  readonly feeds?: ReadonlyMap<NodeId, ArrayValue>;
  /** What nodes work with beside their wires, where their attributes are not to decide. */
  readonly auxiliary?: ForwardOptions<NdArray>['auxiliary'];
  /** Rounds every number to so many decimals before it is used, as at the blackboard. Default: nothing is rounded. */
  readonly decimals?: number | undefined;
  /** So much work, counted in multiplications, forward at most: what would exceed it is left out. Default: no limit. */
  readonly most?: number;
}

/**
 * Traces a document forward and, where it has a loss, backward. Never throws for what a person drew:
 * what cannot be computed carries its error, the rest is traced all the same.
 */
export function trace(
  document: GraphDocument,
  registry: Registry,
  { revision = 0, feeds, auxiliary, decimals, most }: TraceOptions = {},
): Trace {
  const o = new ValueOps(new Float64Ops());
  const round: Round | undefined =
    decimals === undefined ? undefined : (value) => roundValue(value, decimals);
  const forms = inferForms(document, registry);
  const whole = planOf(document, registry, (id) => {
    const result = forms.get(id);
    return result !== undefined && 'form' in result;
  });
  const errors: GraphError[] = [];
  const failed = new Map<NodeId, GraphError>();
  const fail = (error: GraphError) => {
    errors.push(error);
    if (error.node !== undefined) failed.set(error.node, error);
  };
  for (const result of forms.values()) if ('error' in result) fail(result.error);
  const plan = most === undefined ? whole : affordable(whole, forms, most, fail);

  const sources = sourceValues(plan, feeds);
  const batchSize = commonBatchSize(plan, sources, fail);
  const pass = forward(
    plan,
    o,
    ({ node }) => (failed.has(node.id) ? undefined : sources.get(node.id)),
    { ...(auxiliary ? { auxiliary } : {}), ...(round ? { round } : {}) },
  );
  const { values } = pass;
  for (const { node, operation } of plan) {
    if (operation.source && !sources.has(node.id)) fail(missingValue(node.id, nodeName(node)));
  }
  for (const error of pass.errors.values()) fail(error);

  const objective = lossOf(document, values, forms, fail, round);
  const back = objective && backward(plan, o, pass, objective.node, objective.seed, round);
  const steps = once(() => traceSteps(plan, values, objective?.node, back));
  return {
    document,
    revision,
    batchSize,
    errors,
    // Only the film asks for them.
    get steps() {
      return steps();
    },
    ...(objective
      ? { loss: decimals === undefined ? objective.loss : roundDecimals(objective.loss, decimals) }
      : {}),
    ...(decimals === undefined ? {} : { rounded: decimals }),
    nodes: nodeTraces(document, values, back, failed, forms),
    wires: wireTraces(document, values, back),
  };
}

/**
 * The part of a plan that costs at most so much, reporting every node that is left out for its own cost. What waits for
 * such a node costs nothing: it is not computed either.
 */
function affordable(
  plan: readonly PlannedNode[],
  forms: ReadonlyMap<NodeId, FormResult>,
  most: number,
  fail: (error: GraphError) => void,
): readonly PlannedNode[] {
  const formOf = (id: NodeId): Form | undefined => {
    const result = forms.get(id);
    return result && 'form' in result ? result.form : undefined;
  };
  const missing = new Set<NodeId>();
  let examples = 1;
  let spent = 0;
  return plan.filter((planned) => {
    const { node, operation } = planned;
    if (planned.inputs.some(({ from }) => missing.has(from))) {
      missing.add(node.id);
      return false;
    }
    const form = formOf(node.id);
    if (!form) return true;
    if (operation.source && form.batched) {
      const held = operation.source(node.attrs, node.id);
      if (held?.batched) examples = Math.max(examples, held.array.shape[0] ?? 1);
    }
    const inputs = Object.fromEntries(
      planned.inputs.flatMap(({ port, from }) => {
        const input = formOf(from);
        return input ? [[port, input]] : [];
      }),
    );
    const { multiplications } = operation.work?.(inputs, form, node.attrs) ?? noWork;
    const once = multiplications + perNumber * sizeOf(form.shape);
    const cost = once * (form.batched ? examples : 1);
    if (spent + cost <= most) {
      spent += cost;
      return true;
    }
    missing.add(node.id);
    const message = `“${nodeName(node)}” is too large to be computed while you edit: it takes ${cost.toLocaleString('en')} steps.`;
    fail(new GraphError('too-large', message, { node: node.id }));
    return false;
  });
}

const noWork = { multiplications: 0 };

/** To draw a number, keep it and its gradients, and show it, takes about so many multiplications' time. */
const perNumber = 50;

type Round = (value: ArrayValue) => ArrayValue;

function nodeTraces(
  document: GraphDocument,
  values: ReadonlyMap<NodeId, ArrayValue>,
  back: Backward<NdArray> | undefined,
  failed: ReadonlyMap<NodeId, GraphError>,
  forms: ReadonlyMap<NodeId, FormResult>,
): Map<NodeId, NodeTrace> {
  const nodes = new Map<NodeId, NodeTrace>();
  for (const { id, op } of document.nodes) {
    const value = values.get(id);
    const error = failed.get(id);
    if (error) nodes.set(id, { error });
    else if (!value) nodes.set(id, { waitsFor: waitsFor(document, forms, failed, id) });
    else if (!back) nodes.set(id, { value });
    else if (op === constantId) nodes.set(id, { value, gradient: null });
    else nodes.set(id, { value, gradient: back.totals.get(id) ?? zeroLike(value) });
  }
  return nodes;
}

function wireTraces(
  document: GraphDocument,
  values: ReadonlyMap<NodeId, ArrayValue>,
  back: Backward<NdArray> | undefined,
): Map<WireId, WireTrace> {
  const { nodes } = indexOf(document);
  const wires = new Map<WireId, WireTrace>();
  for (const { id, from, to } of document.wires) {
    const value = values.get(from.node);
    const output = values.get(to.node);
    if (!value) wires.set(id, { local: nothing });
    else if (!back || !output) wires.set(id, { value, local: nothing });
    else {
      const fromConstant = nodes.get(from.node)?.op === constantId;
      wires.set(id, wireTrace(back.wires.get(id), fromConstant, value, output));
    }
  }
  return wires;
}

const constantId = 'constant';

function zeroLike(value: ArrayValue): ArrayValue {
  return { ...value, data: filled(value.data.shape, 0) };
}

function wireTrace(
  passed: WireGradient<NdArray> | undefined,
  fromConstant: boolean,
  value: ArrayValue,
  output: ArrayValue,
): WireTrace {
  if (!passed) {
    const gradient = fromConstant ? null : zeroLike(value);
    const reason = fromConstant ? 'constant' : undefined;
    return { value, upstream: zeroLike(output), gradient, reason, local: nothing };
  }
  const local = once(() => passed.local());
  const { upstream, gradient } = passed;
  if (fromConstant) return { value, upstream, gradient: null, reason: 'constant', local };
  return { value, upstream, gradient, reason: gradient ? undefined : 'index', local };
}

function nothing(): null {
  return null;
}

function sourceValues(
  plan: readonly PlannedNode[],
  feeds: ReadonlyMap<NodeId, ArrayValue> | undefined,
): Map<NodeId, ArrayValue> {
  const sources = new Map<NodeId, ArrayValue>();
  for (const { node, operation } of plan) {
    const fed = feeds?.get(node.id);
    const held = fed ? undefined : operation.source?.(node.attrs, node.id);
    if (fed) sources.set(node.id, fed);
    else if (held) {
      const { batched, array } = held;
      const shape = batched ? array.shape.slice(1) : array.shape;
      sources.set(node.id, { batched, shape, data: array });
    }
  }
  return sources;
}

/** How many examples there are; reports every source that holds another number of them. */
function commonBatchSize(
  plan: readonly PlannedNode[],
  sources: ReadonlyMap<NodeId, ArrayValue>,
  fail: (error: GraphError) => void,
): number {
  let first: { readonly size: number; readonly name: string } | undefined;
  for (const { node } of plan) {
    const value = sources.get(node.id);
    if (!value?.batched) continue;
    const size = value.data.shape[0] ?? 1;
    const name = nodeName(node);
    if (!first) first = { size, name };
    else if (size !== first.size) {
      const message = `“${name}” holds ${size} examples and “${first.name}” ${first.size}: a batch needs the same number everywhere.`;
      fail(new GraphError('batch-mismatch', message, { node: node.id }));
    }
  }
  return first?.size ?? 1;
}

function missingValue(node: NodeId, name: string): GraphError {
  return new GraphError('missing-value', `“${name}” holds no value yet.`, { node });
}

interface Objective {
  readonly node: NodeId;
  readonly loss: number;
  readonly seed: ArrayValue;
}

/** The loss and where backpropagation starts: with a batched loss, seed / batch size at every example. */
function lossOf(
  document: GraphDocument,
  values: ReadonlyMap<NodeId, ArrayValue>,
  forms: ReadonlyMap<NodeId, FormResult>,
  fail: (error: GraphError) => void,
  round: Round | undefined,
): Objective | undefined {
  if (!document.loss) return undefined;
  const { node, seed } = document.loss;
  const value = values.get(node);
  const form = forms.get(node);
  if (!value || !form || !('form' in form)) return undefined;
  if (value.shape.length > 0) {
    const found = indexOf(document).nodes.get(node);
    const name = found ? nodeName(found) : node;
    const message = `The loss “${name}” is ${formatShape(value.shape)}; backpropagation starts from one number per example.`;
    fail(new GraphError('loss-not-scalar', message, { node }));
    return undefined;
  }
  const { data, shape } = value.data;
  const loss = data.reduce((total, example) => total + example, 0) / data.length;
  const start = { ...value, data: filled(shape, seed / data.length) };
  return { node, loss, seed: round ? round(start) : start };
}

/** The node that has to be put right before this one can be computed. */
function waitsFor(
  document: GraphDocument,
  forms: ReadonlyMap<NodeId, FormResult>,
  failed: ReadonlyMap<NodeId, GraphError>,
  id: NodeId,
): NodeId {
  const result = forms.get(id);
  if (result && 'waitsFor' in result) return result.waitsFor;
  const culprit = [...failed.keys()].find((other) => reaches(document, other, id));
  return culprit ?? id;
}

function once<R>(make: () => R): () => R {
  let made: { readonly value: R } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

import {
  type Auxiliary,
  type Local,
  type Operation,
  PortGradients,
  type Registry,
  type Rounding,
} from '#ops';
import { TensorError, type Value, type ValueOps } from '#tensor';
import {
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  nodeName,
  type WireId,
} from './document.ts';
import { GraphError } from './errors.ts';
import { topologicalOrder } from './order.ts';

/** A node with everything evaluation needs of it. */
export interface PlannedNode {
  readonly node: GraphNode;
  readonly operation: Operation;
  /** By input port, in port order. */
  readonly inputs: readonly {
    readonly port: string;
    readonly wire: WireId;
    readonly from: NodeId;
  }[];
}

/** The nodes that can be computed, each behind those it depends on. */
export function planOf(
  document: GraphDocument,
  registry: Registry,
  computable: (id: NodeId) => boolean = () => true,
): PlannedNode[] {
  const { incoming } = indexOf(document);
  const plan: PlannedNode[] = [];
  for (const node of topologicalOrder(document)) {
    const operation = registry.get(node.op);
    if (!operation || !computable(node.id)) continue;
    const inputs: { port: string; wire: WireId; from: NodeId }[] = [];
    for (const [port, wire] of incoming.get(node.id) ?? []) {
      inputs.push({ port, wire: wire.id, from: wire.from.node });
    }
    if (inputs.length > 1) inputs.sort((a, b) => portOrder(operation, a.port, b.port));
    plan.push({ node, operation, inputs });
  }
  return plan;
}

function portOrder({ ports }: Operation, a: string, b: string): number {
  const rank = (name: string) => {
    const at = ports.findIndex((port) => port.name === name);
    return at < 0 ? ports.length : at;
  };
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** The value of a source in the engine; undefined where it holds none. */
export type SourceValue<T> = (planned: PlannedNode) => Value<T> | undefined;

/** The values at a node's input ports, and whatever else it works with, by name. */
export type NodeInputs<T> = Readonly<Record<string, Value<T>>>;

/** A forward pass: the value at every node's output. */
export interface Forward<T> {
  readonly values: ReadonlyMap<NodeId, Value<T>>;
  /** What every computed node was given. */
  readonly inputs: ReadonlyMap<NodeId, NodeInputs<T>>;
  /** Nodes whose rule failed on these numbers. */
  readonly errors: ReadonlyMap<NodeId, GraphError>;
}

export interface ForwardOptions<T> {
  /** Replaces the value that a wire delivers: the gradient check wiggles single wires. */
  readonly override?: (wire: WireId, value: Value<T>) => Value<T>;
  /** Values of nodes outside the plan. */
  readonly given?: ReadonlyMap<NodeId, Value<T>>;
  /** What a node works with beside its wires (a dropout mask, running averages); its attributes decide without it. */
  readonly auxiliary?: (
    planned: PlannedNode,
    name: string,
    wanted: Auxiliary,
  ) => Value<T> | undefined;
  /** Rounds every value before it goes on, as at the blackboard. */
  readonly round?: Rounding<T>;
}

/** Runs the graph forward in any engine. */
export function forward<T>(
  plan: readonly PlannedNode[],
  o: ValueOps<T>,
  source: SourceValue<T>,
  { override, given, auxiliary, round = same }: ForwardOptions<T> = {},
): Forward<T> {
  const values = new Map<NodeId, Value<T>>(given);
  const inputs = new Map<NodeId, NodeInputs<T>>();
  const errors = new Map<NodeId, GraphError>();
  for (const planned of plan) {
    const { node, operation } = planned;
    try {
      if (operation.source) {
        const value = source(planned);
        if (value) values.set(node.id, round(value));
        continue;
      }
      const connected = connectedInputs(planned, values, override);
      if (!connected) continue;
      const all = auxiliary ? withAuxiliary(planned, connected, auxiliary) : connected;
      inputs.set(node.id, all);
      values.set(node.id, round(operation.forward(o, all, node.attrs)));
    } catch (error) {
      if (!(error instanceof TensorError)) throw error;
      const message = `${operation.title} “${nodeName(node)}”: ${error.message}`;
      errors.set(node.id, new GraphError('shape', message, { node: node.id }));
    }
  }
  return { values, inputs, errors };
}

/** What flows on one wire in the backward pass. */
export interface WireGradient<T> {
  /** dL/d output of the node the wire enters. */
  readonly upstream: Value<T>;
  /** What this wire carries back; null where no gradient passes. */
  readonly gradient: Value<T> | null;
  local(): Local<T> | null;
}

export interface Backward<T> {
  /** dL/d output of every node on a path to the loss: the sum over its wires. */
  readonly totals: ReadonlyMap<NodeId, Value<T>>;
  readonly wires: ReadonlyMap<WireId, WireGradient<T>>;
}

/**
 * Runs backpropagation from `seed` = dL/dL at the loss, on what a forward pass computed.
 * @param round what happens to local gradients, products and sums before they go on
 */
export function backward<T>(
  plan: readonly PlannedNode[],
  o: ValueOps<T>,
  { values, inputs }: Pick<Forward<T>, 'values' | 'inputs'>,
  loss: NodeId,
  seed: Value<T>,
  round?: Rounding<T>,
): Backward<T> {
  const totals = new Map<NodeId, Value<T>>([[loss, seed]]);
  const wires = new Map<WireId, WireGradient<T>>();
  for (const planned of plan.toReversed()) {
    const { node, operation } = planned;
    const upstream = totals.get(node.id);
    const output = values.get(node.id);
    const given = inputs.get(node.id);
    if (!upstream || !output || !given || planned.inputs.length === 0) continue;
    const context = { inputs: given, output, upstream, attrs: node.attrs };
    const passed = new PortGradients(operation, o, context, round);
    for (const { port, wire, from } of planned.inputs) {
      const gradient = passed.gradient(port);
      wires.set(wire, { upstream, gradient, local: () => passed.local(port) });
      if (!gradient) continue;
      const total = totals.get(from);
      totals.set(from, total ? (round ?? same)(o.add(total, gradient)) : gradient);
    }
  }
  return { totals, wires };
}

function same<T>(value: Value<T>): Value<T> {
  return value;
}

function connectedInputs<T>(
  { inputs }: PlannedNode,
  values: ReadonlyMap<NodeId, Value<T>>,
  override: ForwardOptions<T>['override'],
): Record<string, Value<T>> | undefined {
  const result: Record<string, Value<T>> = {};
  for (const { port, wire, from } of inputs) {
    const value = values.get(from);
    if (!value) return undefined;
    result[port] = override ? override(wire, value) : value;
  }
  return result;
}

function withAuxiliary<T>(
  planned: PlannedNode,
  connected: NodeInputs<T>,
  auxiliary: NonNullable<ForwardOptions<T>['auxiliary']>,
): NodeInputs<T> {
  const { node, operation } = planned;
  const wanted = Object.entries(operation.auxiliary?.(connected, node.attrs) ?? {});
  if (wanted.length === 0) return connected;
  const result: Record<string, Value<T>> = { ...connected };
  for (const [name, what] of wanted) {
    const value = auxiliary(planned, name, what);
    if (value) result[name] = value;
  }
  return result;
}

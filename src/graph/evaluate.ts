import { type Local, type Operation, portGradients, type Registry } from '#ops';
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
  return topologicalOrder(document).flatMap((node) => {
    const operation = registry.get(node.op);
    if (!operation || !computable(node.id)) return [];
    const wires = [...(incoming.get(node.id) ?? [])].sort(([a], [b]) => portOrder(operation, a, b));
    const inputs = wires.map(([port, wire]) => ({ port, wire: wire.id, from: wire.from.node }));
    return [{ node, operation, inputs }];
  });
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

/** A forward pass: the value at every node's output. */
export interface Forward<T> {
  readonly values: ReadonlyMap<NodeId, Value<T>>;
  /** Nodes whose rule failed on these numbers. */
  readonly errors: ReadonlyMap<NodeId, GraphError>;
}

/**
 * Runs the graph forward in any engine. `override` may replace the value a wire delivers (the
 * gradient check wiggles single wires); `given` holds the values of nodes outside the plan.
 */
export function forward<T>(
  plan: readonly PlannedNode[],
  o: ValueOps<T>,
  source: SourceValue<T>,
  override?: (wire: WireId, value: Value<T>) => Value<T>,
  given?: ReadonlyMap<NodeId, Value<T>>,
): Forward<T> {
  const values = new Map<NodeId, Value<T>>(given);
  const errors = new Map<NodeId, GraphError>();
  for (const planned of plan) {
    const { node, operation } = planned;
    try {
      if (operation.source) {
        const value = source(planned);
        if (value) values.set(node.id, value);
        continue;
      }
      const inputs = inputsOf(planned, values, override);
      if (inputs) values.set(node.id, operation.forward(o, inputs, node.attrs));
    } catch (error) {
      if (!(error instanceof TensorError)) throw error;
      const message = `${operation.title} “${nodeName(node)}”: ${error.message}`;
      errors.set(node.id, new GraphError('shape', message, { node: node.id }));
    }
  }
  return { values, errors };
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

/** Runs backpropagation from `seed` = dL/dL at the loss. Every value on the way must be there. */
export function backward<T>(
  plan: readonly PlannedNode[],
  o: ValueOps<T>,
  values: ReadonlyMap<NodeId, Value<T>>,
  loss: NodeId,
  seed: Value<T>,
): Backward<T> {
  const totals = new Map<NodeId, Value<T>>([[loss, seed]]);
  const wires = new Map<WireId, WireGradient<T>>();
  for (const planned of plan.toReversed()) {
    const { node, operation } = planned;
    const upstream = totals.get(node.id);
    const output = values.get(node.id);
    const inputs = inputsOf(planned, values);
    if (!upstream || !output || !inputs || planned.inputs.length === 0) continue;
    const context = { inputs, output, upstream, attrs: node.attrs };
    const gradients = portGradients(operation, o, context);
    for (const { port, wire, from } of planned.inputs) {
      const passed = gradients.get(port);
      const gradient = passed?.gradient ?? null;
      wires.set(wire, { upstream, gradient, local: () => passed?.local() ?? null });
      if (!gradient) continue;
      const total = totals.get(from);
      totals.set(from, total ? o.add(total, gradient) : gradient);
    }
  }
  return { totals, wires };
}

function inputsOf<T>(
  { inputs }: PlannedNode,
  values: ReadonlyMap<NodeId, Value<T>>,
  override?: (wire: WireId, value: Value<T>) => Value<T>,
): Record<string, Value<T>> | undefined {
  const result: Record<string, Value<T>> = {};
  for (const { port, wire, from } of inputs) {
    const value = values.get(from);
    if (!value) return undefined;
    result[port] = override ? override(wire, value) : value;
  }
  return result;
}

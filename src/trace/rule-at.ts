import { type GraphNode, indexOf, type WireId } from '#graph';
import { type Operation, PortGradients, type Registry } from '#ops';
import { type ArrayValue, Float64Ops, ValueOps } from '#tensor';
import type { Trace } from './trace.ts';

/** The backward rule of the node a wire enters, with the numbers it works on. */
export interface RuleAt {
  readonly node: GraphNode;
  readonly operation: Operation;
  readonly port: string;
  /** What all its wires bring, by port. */
  readonly inputs: Readonly<Record<string, ArrayValue>>;
  /** What the wire brings. */
  readonly input: ArrayValue;
  readonly output: ArrayValue;
  /** What flows back on the wire for any upstream gradient; null where none passes. */
  backward(upstream: ArrayValue): ArrayValue | null;
}

/** The rule at the end of a wire; null where there are no values yet. */
export function ruleAt(
  { document, nodes }: Trace,
  registry: Registry,
  wire: WireId,
): RuleAt | null {
  const { wires, nodes: drawn, incoming } = indexOf(document);
  const to = wires.get(wire)?.to;
  const node = to && drawn.get(to.node);
  const operation = node && registry.get(node.op);
  const output = to && nodes.get(to.node)?.value;
  if (!to || !node || !operation || !output) return null;
  const inputs: Record<string, ArrayValue> = {};
  for (const [port, { from }] of incoming.get(node.id) ?? []) {
    const value = nodes.get(from.node)?.value;
    if (value) inputs[port] = value;
  }
  const input = inputs[to.port];
  if (!input) return null;
  const o = new ValueOps(new Float64Ops());
  return {
    node,
    operation,
    port: to.port,
    inputs,
    input,
    output,
    backward: (upstream) => {
      const context = { inputs, output, upstream, attrs: node.attrs };
      return new PortGradients(operation, o, context).gradient(to.port);
    },
  };
}

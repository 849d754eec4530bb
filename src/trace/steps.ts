import type { Backward, NodeId, PlannedNode, WireId } from '#graph';
import type { ArrayValue, NdArray } from '#tensor';

/**
 * One step of the animation. Forward: the sources are given, then node by node. Then the seed. Then
 * backward node by node, for each input wire the upstream gradient arrives, the local gradient lights
 * up, their product travels back; where several wires left a node, their contributions add.
 */
export type TraceStep =
  | { readonly kind: 'given'; readonly nodes: readonly NodeId[] }
  | { readonly kind: 'forward'; readonly node: NodeId; readonly wires: readonly WireId[] }
  | { readonly kind: 'seed'; readonly node: NodeId }
  | { readonly kind: 'upstream'; readonly node: NodeId; readonly wire: WireId }
  | { readonly kind: 'local'; readonly node: NodeId; readonly wire: WireId }
  | { readonly kind: 'product'; readonly node: NodeId; readonly wire: WireId }
  /** No gradient passes here: a constant, or a class index. */
  | { readonly kind: 'stop'; readonly node: NodeId; readonly wire: WireId }
  /** The contributions of these wires add at the node's output. */
  | { readonly kind: 'sum'; readonly node: NodeId; readonly wires: readonly WireId[] };

/** The animation script of a trace. */
export function traceSteps(
  plan: readonly PlannedNode[],
  values: ReadonlyMap<NodeId, ArrayValue>,
  loss: NodeId | undefined,
  back: Backward<NdArray> | undefined,
): TraceStep[] {
  const steps: TraceStep[] = [];
  const known = plan.filter(({ node }) => values.has(node.id));
  const given = known.filter(({ operation }) => operation.source).map(({ node }) => node.id);
  if (given.length > 0) steps.push({ kind: 'given', nodes: given });
  for (const { node, operation, inputs } of known) {
    if (operation.source) continue;
    steps.push({ kind: 'forward', node: node.id, wires: inputs.map(({ wire }) => wire) });
  }
  if (loss === undefined || !back) return steps;
  steps.push({ kind: 'seed', node: loss });
  const constants = new Set(
    plan.filter(({ node }) => node.op === 'constant').map(({ node }) => node.id),
  );
  const arrived = new Map<NodeId, WireId[]>();
  for (const { node, inputs } of known.toReversed()) {
    if (!back.totals.has(node.id)) continue;
    const contributions = arrived.get(node.id) ?? [];
    const many = contributions.length + (node.id === loss ? 1 : 0) > 1;
    if (many) steps.push({ kind: 'sum', node: node.id, wires: contributions });
    for (const { wire, from } of inputs) {
      const place = { node: node.id, wire };
      if (!back.wires.get(wire)?.gradient || constants.has(from)) {
        steps.push({ kind: 'stop', ...place });
        continue;
      }
      steps.push({ kind: 'upstream', ...place }, { kind: 'local', ...place });
      steps.push({ kind: 'product', ...place });
      arrived.set(from, [...(arrived.get(from) ?? []), wire]);
    }
  }
  return steps;
}

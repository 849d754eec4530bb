import { forward, indexOf, type NodeId, outputName, type PlannedNode } from '#graph';
import type { Registry } from '#ops';
import { type Value, ValueOps } from '#tensor';
import type { Trace } from '#trace';
import { type Expr, ExprOps } from '../code/expr.ts';
import { Identifiers } from '../code/python.ts';
import { type Computable, computable, ExportError, fullShape, heldValue } from '../code/sources.ts';
import { GraphBuilder } from './graph-builder.ts';
import { dataTypes, type OnnxValue } from './messages.ts';
import { writeOnnx } from './write.ts';

/** Losses and measures: what a graph has for training, not for use. */
const forTraining = new Set([
  'softmaxCrossEntropy',
  'sigmoidCrossEntropy',
  'crossEntropy',
  'hinge',
  'squaredError',
  'meanSquaredError',
  'absoluteError',
  'l1Penalty',
  'l2Penalty',
  'accuracy',
  'topKError',
]);

/** Ports of those at which something arrives that the graph itself does not say. */
const targetPorts = new Set(['target']);

/**
 * The graph as it is used, as a model of ONNX (opset 17) in float32: without losses, with running averages, without
 * dropout. Parameters are initializers; the number of examples is open.
 */
export function toOnnx(trace: Trace, registry: Registry): Uint8Array {
  return onnxModel(trace, registry).bytes;
}

/** The same, with the names that the nodes have in it. */
export function onnxModel(
  trace: Trace,
  registry: Registry,
): { readonly bytes: Uint8Array; readonly names: ReadonlyMap<NodeId, string> } {
  const graph = computable(trace, registry);
  const outputs = outputsOf(graph);
  const plan = planFor(graph, outputs);
  const engine = new ExprOps();
  const identifiers = new Identifiers([]);
  const names = new Map(plan.map(({ node }) => [node.id, identifiers.fresh(outputName(node))]));
  const nameOf = (id: NodeId) => names.get(id) ?? id;
  const isInput = ({ node }: PlannedNode) => node.op === 'input';
  const inputs = plan.filter(isInput);
  const batched = inputs.find(({ node }) => graph.form(node.id).batched);
  const builder = new GraphBuilder(
    (wanted) => identifiers.fresh(wanted),
    batched && nameOf(batched.node.id),
  );
  const pass = forward(plan, new ValueOps(engine), (planned): Value<Expr> => {
    const { id } = planned.node;
    const form = graph.form(id);
    if (!isInput(planned)) {
      const held = heldValue(planned);
      if (!held) throw new ExportError(`“${outputName(planned.node)}” holds no value.`, id);
      builder.initializer(nameOf(id), held.data.shape, held.data.data);
    }
    return { ...form, data: engine.given(nameOf(id), fullShape(form)) };
  });
  for (const [, error] of pass.errors) throw error;
  const results: OnnxValue[] = [];
  for (const { node } of plan) {
    const value = pass.values.get(node.id);
    if (!value) continue;
    try {
      builder.value(value.data, outputName(node));
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      throw new ExportError(
        `“${outputName(node)}” cannot be written as ONNX: ${error.message}`,
        node.id,
      );
    }
    if (!outputs.has(node.id)) continue;
    builder.output(value.data, nameOf(node.id));
    results.push(described(nameOf(node.id), graph, node.id));
  }
  const bytes = writeOnnx({
    irVersion: 8,
    producer: 'gradwire',
    opset: 17,
    graph: {
      name: trace.document.title || 'graph',
      nodes: builder.nodes,
      initializers: builder.initializers,
      inputs: inputs.map(({ node }) => described(nameOf(node.id), graph, node.id)),
      outputs: results,
    },
  });
  return { bytes, names };
}

function described(name: string, graph: Computable, id: NodeId): OnnxValue {
  const { batched, shape } = graph.form(id);
  return { name, elementType: dataTypes.float, shape: batched ? ['N', ...shape] : shape };
}

/** What the graph gives when it is used: what its losses look at, and whatever else nobody takes. */
function outputsOf({ document, plan }: Computable): ReadonlySet<NodeId> {
  const { incoming, outgoing } = indexOf(document);
  const training = new Set<NodeId>();
  for (const { node, inputs } of plan) {
    const follows = inputs.some(({ from }) => training.has(from));
    if (forTraining.has(node.op) || follows) training.add(node.id);
  }
  const outputs = new Set<NodeId>();
  for (const { node, operation } of plan) {
    if (training.has(node.id) || operation.source) continue;
    const leaving = outgoing.get(node.id) ?? [];
    const looked = leaving.some(({ to }) => training.has(to.node) && !targetPorts.has(to.port));
    if (leaving.length === 0 || looked) outputs.add(node.id);
  }
  if (outputs.size > 0) return outputs;
  // Nothing but a loss: then it is what the graph is for.
  return new Set(
    plan.flatMap(({ node, operation }) =>
      !operation.source && (outgoing.get(node.id)?.length ?? 0) === 0 && incoming.has(node.id)
        ? [node.id]
        : [],
    ),
  );
}

/** What the outputs depend on, as it is in use. */
function planFor({ plan }: Computable, outputs: ReadonlySet<NodeId>): readonly PlannedNode[] {
  const needed = new Set(outputs);
  for (const { node, inputs } of plan.toReversed()) {
    if (needed.has(node.id)) for (const { from } of inputs) needed.add(from);
  }
  return plan
    .filter(({ node }) => needed.has(node.id))
    .map((planned) => {
      const { node } = planned;
      if (!('training' in node.attrs)) return planned;
      return { ...planned, node: { ...node, attrs: { ...node.attrs, training: false } } };
    });
}

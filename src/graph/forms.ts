import { inputPorts, outputForm, type Registry, ShapeError } from '#ops';
import { type Form, sameShape, TensorError } from '#tensor';
import {
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  nodeName,
  type Wire,
  type WireId,
} from './document.ts';
import { GraphError } from './errors.ts';
import { topologicalOrder } from './order.ts';

/** What is known of a node's output before any number: its form, or why there is none. */
export type FormResult =
  | { readonly form: Form }
  /** The node itself is at fault. */
  | { readonly error: GraphError }
  /** Some node before it is. */
  | { readonly waitsFor: NodeId };

/** The form of every node's output, by the operations' shape rules alone. */
export function inferForms(
  document: GraphDocument,
  registry: Registry,
): ReadonlyMap<NodeId, FormResult> {
  const known = cache.get(document);
  if (known?.registry === registry) return known.forms;
  const last = latest.get(document.wires);
  const before = last?.registry === registry ? last : undefined;
  const forms = new Map<NodeId, FormResult>();
  for (const node of topologicalOrder(document)) {
    const settled = before?.forms.get(node.id);
    const same = settled && 'form' in settled && isUnchanged(document, node, before, forms);
    forms.set(node.id, same ? settled : inferForm(document, registry, node, forms));
  }
  const made = { registry, forms, nodes: indexOf(document).nodes };
  cache.set(document, made);
  latest.set(document.wires, made);
  return forms;
}

interface Inferred {
  readonly registry: Registry;
  readonly forms: ReadonlyMap<NodeId, FormResult>;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
}

const cache = new WeakMap<GraphDocument, Inferred>();

/** The last inference over a list of wires: after an edit of one node most forms stay what they were. */
const latest = new WeakMap<readonly Wire[], Inferred>();

/** Whether neither the node nor the forms that arrive at it have changed. */
function isUnchanged(
  document: GraphDocument,
  node: GraphNode,
  before: Inferred | undefined,
  forms: ReadonlyMap<NodeId, FormResult>,
): boolean {
  const was = before?.nodes.get(node.id);
  if (!before || was?.attrs !== node.attrs || was.op !== node.op) return false;
  for (const { from } of indexOf(document).incoming.get(node.id)?.values() ?? []) {
    if (!sameForm(forms.get(from.node), before.forms.get(from.node))) return false;
  }
  return true;
}

function sameForm(a: FormResult | undefined, b: FormResult | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || !('form' in a) || !('form' in b)) return false;
  return a.form.batched === b.form.batched && sameShape(a.form.shape, b.form.shape);
}

function inferForm(
  document: GraphDocument,
  registry: Registry,
  node: GraphNode,
  known: ReadonlyMap<NodeId, FormResult>,
): FormResult {
  const operation = registry.get(node.op);
  const wires = indexOf(document).incoming.get(node.id) ?? new Map<string, Wire>();
  const inputs = new Map<string, Form>();
  for (const port of operation ? inputPorts(operation, node.attrs, wires.keys()) : []) {
    const wire = wires.get(port.name);
    if (!wire && port.optional) continue;
    // What is missing is said before what is to be waited for behind it.
    if (!wire) break;
    const source = known.get(wire.from.node);
    if (!source || !('form' in source)) {
      return { waitsFor: source && 'waitsFor' in source ? source.waitsFor : wire.from.node };
    }
    inputs.set(port.name, source.form);
  }
  return formOf(registry, node, inputs, (port) => wires.get(port)?.id);
}

/**
 * The form of one node's output, by its operation's shape rule.
 * @param inputs the forms that arrive at its ports
 * @param wireAt by which wire: an error names it
 */
export function formOf(
  registry: Registry,
  node: GraphNode,
  inputs: ReadonlyMap<string, Form>,
  wireAt: (port: string) => WireId | undefined = () => undefined,
): Exclude<FormResult, { waitsFor: NodeId }> {
  const place = { node: node.id };
  const operation = registry.get(node.op);
  const name = nodeName(node, registry);
  if (!operation) {
    const message = `The node “${name}” has the operation “${node.op}”, which this program does not know.`;
    return { error: new GraphError('unknown-operation', message, place) };
  }
  for (const port of inputPorts(operation, node.attrs, inputs.keys())) {
    if (port.optional || inputs.has(port.name)) continue;
    const message = `The node “${name}” has nothing connected to its input ${port.name}.`;
    return { error: new GraphError('missing-input', message, place) };
  }
  try {
    return { form: outputForm(operation, Object.fromEntries(inputs), node.attrs) };
  } catch (error) {
    if (!(error instanceof ShapeError || error instanceof TensorError)) throw error;
    const wire = error instanceof ShapeError && error.port ? wireAt(error.port) : undefined;
    const message = `${operation.title} “${name}”: ${error.message}`;
    return { error: new GraphError('shape', message, { ...place, wire }) };
  }
}

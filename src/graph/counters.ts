import type { Registry, Work } from '#ops';
import { type Form, type Shape, sizeOf } from '#tensor';
import { type GraphDocument, type GraphNode, indexOf, type NodeId } from './document.ts';
import { inferForms } from './forms.ts';
import { topologicalOrder } from './order.ts';

/** What a node costs for one example, by shapes alone. */
export interface NodeCounters extends Work {
  readonly form: Form;
  /** Parameters that are wired straight into this node. */
  readonly weights: number;
  readonly biases: number;
  /** Numbers that its output holds for one example. */
  readonly activations: number;
  /** How much of the image one output entry sees, [height, width]; absent where there is no image. */
  readonly receptiveField?: readonly [number, number];
}

export interface GraphCounters extends Work {
  readonly nodes: ReadonlyMap<NodeId, NodeCounters>;
  /** Every parameter once, however many nodes use it. */
  readonly weights: number;
  readonly biases: number;
  /** Numbers that must be kept for one example's backward pass. */
  readonly activations: number;
  /** The same in bytes, as float32. */
  readonly activationBytes: number;
}

/** Ports whose parameters count as biases. */
const biasPorts = new Set(['b', 'beta']);
const biasedOperations = new Set(['affine', 'conv2d', 'maxout', 'batchNorm', 'layerNorm', 'add']);

/** Counts parameters, connections, multiplications, activations and receptive fields. No tensor is made. */
export function counters(document: GraphDocument, registry: Registry): GraphCounters {
  const forms = inferForms(document, registry);
  const fields = new Map<NodeId, Field | undefined>();
  const nodes = new Map<NodeId, NodeCounters>();
  const parameters = new Map<NodeId, { readonly size: number; bias: boolean }>();
  for (const node of topologicalOrder(document)) {
    const result = forms.get(node.id);
    const operation = registry.get(node.op);
    if (!result || !('form' in result) || !operation) continue;
    const { form } = result;
    const inputs: Record<string, Form> = {};
    const sources: Field[] = [];
    let weights = 0;
    let biases = 0;
    for (const [port, { from }] of indexOf(document).incoming.get(node.id) ?? []) {
      const source = forms.get(from.node);
      if (!source || !('form' in source)) continue;
      inputs[port] = source.form;
      const field = fields.get(from.node);
      if (field) sources.push(field);
      if (!isParameter(document, from.node)) continue;
      const size = sizeOf(source.form.shape);
      const bias = biasPorts.has(port) && biasedOperations.has(node.op);
      if (bias) biases += size;
      else weights += size;
      const known = parameters.get(from.node);
      // Used as a weight anywhere, it is a weight.
      if (known) known.bias &&= bias;
      else parameters.set(from.node, { size, bias });
    }
    const activations = operation.source ? 0 : sizeOf(form.shape);
    const work = operation.work?.(inputs, form, node.attrs) ?? {
      multiplications: 0,
      connections: activations * Object.keys(inputs).length,
    };
    const window = operation.window?.(inputs, node.attrs);
    const field = operation.source ? imageField(node, form.shape) : widen(merged(sources), window);
    fields.set(node.id, field);
    nodes.set(node.id, {
      ...work,
      form,
      weights,
      biases,
      activations,
      ...(field ? { receptiveField: field.size } : {}),
    });
  }
  const all = [...nodes.values()];
  const total = (of: (node: NodeCounters) => number) =>
    all.reduce((sum, node) => sum + of(node), 0);
  const owned = [...parameters.values()];
  const sum = (bias: boolean) =>
    owned.reduce(
      (count, parameter) => (parameter.bias === bias ? count + parameter.size : count),
      0,
    );
  const activations = total((node) => node.activations);
  return {
    nodes,
    weights: sum(false),
    biases: sum(true),
    connections: total((node) => node.connections),
    multiplications: total((node) => node.multiplications),
    activations,
    activationBytes: 4 * activations,
  };
}

function isParameter(document: GraphDocument, id: NodeId): boolean {
  return indexOf(document).nodes.get(id)?.op === 'parameter';
}

/** What an output entry sees of the image, and how far apart in the image two neighbours are. */
interface Field {
  readonly size: readonly [number, number];
  readonly jump: number;
}

/** Every pixel of an input image sees itself. */
function imageField({ op }: GraphNode, shape: Shape): Field | undefined {
  return op === 'input' && shape.length === 3 ? { size: [1, 1], jump: 1 } : undefined;
}

/** Where paths meet, the widest field counts. */
function merged([first, ...rest]: readonly Field[]): Field | undefined {
  return (
    first &&
    rest.reduce(
      (a, b): Field => ({
        size: [Math.max(a.size[0], b.size[0]), Math.max(a.size[1], b.size[1])],
        jump: Math.max(a.jump, b.jump),
      }),
      first,
    )
  );
}

/** Field + (window − 1) · jump; the jump grows by the stride. */
function widen(
  field: Field | undefined,
  window: { readonly size: readonly [number, number]; readonly stride: number } | undefined,
): Field | undefined {
  if (!field || !window) return field;
  const along = (axis: 0 | 1) => field.size[axis] + (window.size[axis] - 1) * field.jump;
  return { size: [along(0), along(1)], jump: field.jump * window.stride };
}

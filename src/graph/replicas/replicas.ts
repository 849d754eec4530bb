import { outputPort, type Registry, variadicPort } from '#ops';
import { type Form, sizeOf } from '#tensor';
import { expandNode } from '../composites/expand.ts';
import {
  type Endpoint,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  nodeId,
  nodeName,
  type Wire,
  wireId,
} from '../document.ts';
import { applyEdit } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { inferForms } from '../forms.ts';
import { fresh } from '../ids.ts';
import { topologicalOrder } from '../order.ts';
import { placeReplicas } from './placing.ts';
import { replicaName } from './replica-name.ts';

/** A replica's original, and which example of the batch it stands for, from 0. */
export interface Replica {
  readonly node: NodeId;
  readonly example: number;
}

/** A batched graph with one copy of it per example, and what the examples share drawn once. */
export interface Replicas {
  readonly document: GraphDocument;
  readonly examples: number;
  readonly nodes: ReadonlyMap<NodeId, Replica>;
  /** Gates that the copies' wires run into, with the operation over the batch that each stands for. */
  readonly gates: ReadonlyMap<NodeId, string>;
}

/** More copies cannot be told apart on a canvas. */
export const mostReplicas = 8;

/**
 * Fans a batched graph out: every node with a value per example becomes one node for each of them, shared
 * nodes stay one, and what brings the examples together (a sum, mean or variance over the batch, a batched
 * loss) becomes gates that the copies' wires run into. Values and gradients are those of the batched graph,
 * example by example. Throws `GraphError` `no-replicas`, one sentence, where that cannot be drawn.
 */
export function replicas(original: GraphDocument, registry: Registry): Replicas {
  const document = withoutBatchNorm(original, registry);
  const forms = formsOf(document, registry);
  const examples = batchSizeOf(document, registry);
  const build = new FanOut(document, registry, forms, examples);
  for (const node of topologicalOrder(document)) build.add(node);
  return build.result();
}

function refused(message: string, node?: NodeId): GraphError {
  return new GraphError('no-replicas', message, node === undefined ? {} : { node });
}

/** Batch normalization mixes the examples in several steps, which are seen once it is spelled out. */
function withoutBatchNorm(original: GraphDocument, registry: Registry): GraphDocument {
  let document = original;
  for (const { id, op, attrs } of original.nodes) {
    if (op !== 'batchNorm' || !('training' in attrs) || attrs.training !== true) continue;
    const { edits } = expandNode(document, registry, id);
    for (const edit of edits) document = applyEdit(document, edit, registry);
  }
  return document;
}

function formsOf(document: GraphDocument, registry: Registry): ReadonlyMap<NodeId, Form> {
  const forms = new Map<NodeId, Form>();
  for (const [id, result] of inferForms(document, registry)) {
    if ('error' in result) throw refused(result.error.message, id);
    if ('form' in result) forms.set(id, result.form);
  }
  return forms;
}

/** How many examples the batched sources hold. */
function batchSizeOf(document: GraphDocument, registry: Registry): number {
  let examples: number | undefined;
  for (const node of document.nodes) {
    const operation = registry.get(node.op);
    if (!operation?.source) continue;
    const held = operation.source(node.attrs, node.id);
    const batched = operation.form({}, node.attrs).batched;
    const name = nodeName(node, registry);
    if (batched && !held) throw refused(`“${name}” holds no values yet.`, node.id);
    if (!held?.batched) continue;
    const own = held.array.shape[0] ?? 1;
    if (examples !== undefined && own !== examples) {
      throw refused(`“${name}” holds ${own} examples, and other inputs hold ${examples}.`, node.id);
    }
    examples = own;
  }
  if (examples === undefined) throw refused('Nothing in this graph has one value per example.');
  if (examples > mostReplicas) {
    throw refused(
      `Replicas show up to ${mostReplicas} examples, and this batch has ${examples}: give its inputs fewer.`,
    );
  }
  return examples;
}

class FanOut {
  readonly #document: GraphDocument;
  readonly #registry: Registry;
  readonly #forms: ReadonlyMap<NodeId, Form>;
  readonly #examples: readonly number[];
  readonly #ids: Set<string>;
  readonly #wireIds: Set<string>;
  readonly #nodes: GraphNode[] = [];
  readonly #wires: Wire[] = [];
  readonly #replicas = new Map<NodeId, Replica>();
  readonly #gates = new Map<NodeId, string>();
  /** Where the value of an original node comes from: one for each example, or one for all. */
  readonly #outputs = new Map<NodeId, readonly NodeId[] | NodeId>();

  constructor(
    document: GraphDocument,
    registry: Registry,
    forms: ReadonlyMap<NodeId, Form>,
    examples: number,
  ) {
    this.#document = document;
    this.#registry = registry;
    this.#forms = forms;
    this.#examples = Array.from({ length: examples }, (_, example) => example);
    this.#ids = new Set(document.nodes.map(({ id }) => id));
    this.#wireIds = new Set(document.wires.map(({ id }) => id));
  }

  add(node: GraphNode): void {
    const entering = [...(indexOf(this.#document).incoming.get(node.id)?.values() ?? [])];
    if (this.#forms.get(node.id)?.batched) this.#copy(node, entering);
    else if (entering.some(({ from }) => this.#forms.get(from.node)?.batched)) {
      this.#bringTogether(node, entering);
    } else this.#share(node, entering);
  }

  result(): Replicas {
    const loss = this.#loss();
    const bare = { ...this.#document, nodes: this.#nodes, wires: this.#wires, loss, frames: [] };
    const positions = placeReplicas(bare, this.#replicas, (id) => this.#isTensor(id));
    const nodes = this.#nodes.map((node) => ({
      ...node,
      position: positions.get(node.id) ?? node.position,
    }));
    return {
      document: { ...bare, nodes },
      examples: this.#examples.length,
      nodes: this.#replicas,
      gates: this.#gates,
    };
  }

  /** One node for each example. */
  #copy(node: GraphNode, entering: readonly Wire[]): void {
    const operation = this.#registry.get(node.op);
    const inputs: Record<string, Form> = {};
    for (const { from, to } of entering) {
      const form = this.#forms.get(from.node);
      if (form) inputs[to.port] = form;
    }
    const copies = this.#examples.map((example) => {
      const attrs =
        operation?.replica?.(inputs, node.attrs, example, this.#examples.length) ?? node.attrs;
      const id = this.#node({ ...node, label: replicaName(node.label, example), attrs }, example);
      for (const wire of entering) {
        this.#wire(
          wire,
          this.#outputOf(wire.from.node, example),
          { node: id, port: wire.to.port },
          example,
        );
      }
      return id;
    });
    this.#outputs.set(node.id, copies);
  }

  /** A node that all examples share, and nothing but what they share enters it. */
  #share(node: GraphNode, entering: readonly Wire[]): void {
    this.#nodes.push(node);
    this.#wires.push(
      ...entering.map((wire) => ({
        ...wire,
        from: { ...wire.from, node: this.#outputOf(wire.from.node, 0) },
      })),
    );
    this.#outputs.set(node.id, node.id);
  }

  /** What is computed from all examples at once. */
  #bringTogether(node: GraphNode, entering: readonly Wire[]): void {
    const entry = (port: string) => entering.find(({ to }) => to.port === port);
    const [x, mean] = [entry('x'), entry('mean')];
    if (node.op === 'batchSum' && x) this.#gather(node, x, 'sum');
    else if (node.op === 'batchMean' && x) this.#gather(node, x, 'mean');
    else if (node.op === 'batchVariance' && x && mean) this.#variance(node, x, mean);
    else {
      const name = nodeName(node, this.#registry);
      throw refused(
        `“${name}” brings the examples together in a way that replicas cannot draw.`,
        node.id,
      );
    }
  }

  /** The wires of all copies run into one gate, which takes the original's place and id. */
  #gather(node: GraphNode, wire: Wire, how: 'sum' | 'mean'): void {
    const count = this.#examples.length;
    const gate = gatherGate(how, count);
    this.#nodes.push({ ...node, op: gate.op, attrs: gate.attrs });
    this.#gates.set(node.id, node.op);
    for (const example of this.#examples) {
      const from = this.#outputOf(wire.from.node, example);
      this.#wire(wire, from, { node: node.id, port: gate.port(example) }, example);
    }
    this.#outputs.set(node.id, node.id);
  }

  /** ((x₁ − μ)² + … )/m: one gate, so that the parts that go back to a shared μ cancel to 0 on one wire. */
  #variance(node: GraphNode, x: Wire, mean: Wire): void {
    const apart = this.#forms.get(mean.from.node)?.batched;
    const port = (example: number) => (apart ? `m${example + 1}` : 'm');
    const squares = this.#examples.map((example) => `(x${example + 1} - ${port(example)})^2`);
    const expression = `(${squares.join(' + ')})/${squares.length}`;
    this.#nodes.push({ ...node, op: 'formula', attrs: { expression } });
    this.#gates.set(node.id, node.op);
    for (const example of this.#examples) {
      const from = this.#outputOf(x.from.node, example);
      this.#wire(x, from, { node: node.id, port: `x${example + 1}` }, example);
      if (!apart) continue;
      const own = this.#outputOf(mean.from.node, example);
      this.#wire(mean, own, { node: node.id, port: port(example) }, example);
    }
    if (!apart) {
      const from = { ...mean.from, node: this.#outputOf(mean.from.node, 0) };
      this.#wires.push({ ...mean, from, to: { node: node.id, port: port(0) } });
    }
    this.#outputs.set(node.id, node.id);
  }

  /** A batched loss is, for the batch, the mean over its examples. */
  #loss(): GraphDocument['loss'] {
    const { loss } = this.#document;
    const copies = loss && this.#outputs.get(loss.node);
    if (!loss || typeof copies === 'string' || copies === undefined) return loss;
    const original = indexOf(this.#document).nodes.get(loss.node);
    const gate = gatherGate('mean', copies.length);
    const id = this.#freshId(`${loss.node}_mean`);
    this.#nodes.push({
      id,
      op: gate.op,
      label: original?.label || 'L',
      attrs: gate.attrs,
      position: { x: 0, y: 0 },
    });
    this.#gates.set(id, 'batchMean');
    copies.forEach((copy, example) => {
      this.#join(id, copy, gate.port(example), example);
    });
    return { ...loss, node: id };
  }

  #node(node: GraphNode, example: number): NodeId {
    const id = this.#freshId(`${node.id}_${example + 1}`);
    this.#nodes.push({ ...node, id });
    this.#replicas.set(id, { node: node.id, example });
    return id;
  }

  #wire(original: Wire, from: NodeId, to: Endpoint, example: number): void {
    const { name } = original;
    this.#wires.push({
      id: this.#freshWire(`${original.id}-${example + 1}`),
      from: { ...original.from, node: from },
      to,
      ...(name ? { name: replicaName(name, example) } : {}),
    });
  }

  /** A wire that the original does not have. */
  #join(to: NodeId, from: NodeId, port: string, example: number): void {
    const id = this.#freshWire(`${from}-${to}-${example + 1}`);
    this.#wires.push({ id, from: { node: from, port: outputPort }, to: { node: to, port } });
  }

  #outputOf(original: NodeId, example: number): NodeId {
    const outputs = this.#outputs.get(original) ?? original;
    return typeof outputs === 'string' ? outputs : (outputs[example] ?? original);
  }

  #freshId(stem: string): NodeId {
    const id = fresh(stem, (other) => this.#ids.has(other));
    this.#ids.add(id);
    return nodeId(id);
  }

  #freshWire(stem: string): Wire['id'] {
    const id = fresh(stem, (other) => this.#wireIds.has(other));
    this.#wireIds.add(id);
    return wireId(id);
  }

  #isTensor(id: NodeId): boolean {
    const form = this.#forms.get(this.#replicas.get(id)?.node ?? id);
    return form !== undefined && sizeOf(form.shape) > 1;
  }
}

interface Gate {
  readonly op: string;
  readonly attrs: object;
  port(example: number): string;
}

/** A gate that takes one wire from each example. */
function gatherGate(how: 'sum' | 'mean', count: number): Gate {
  if (count === 1) return { op: 'identity', attrs: {}, port: () => 'x' };
  if (how === 'sum') return { op: 'add', attrs: {}, port: variadicPort };
  const names = Array.from({ length: count }, (_, example) => `x${example + 1}`);
  return {
    op: 'formula',
    attrs: { expression: `(${names.join(' + ')})/${count}` },
    port: (example) => names[example] ?? '',
  };
}

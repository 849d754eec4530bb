import {
  emptyDocument,
  formOf,
  type GraphDocument,
  type GraphNode,
  layout,
  type NodeId,
  nodeId,
  parseAttrs,
  type Wire,
  wireId,
} from '#graph';
import { findPort, type Registry } from '#ops';
import { Float64Ops, type Form, type NdArray, sizeOf } from '#tensor';
import { ExportError } from '../code/sources.ts';
import type { OnnxNode, OnnxTensor } from './messages.ts';
import { type Importer, type Operand, translations } from './operations.ts';
import { readOnnx } from './read.ts';

/**
 * A model of ONNX as a document of ours: the operations we have, the others named in one sentence. A first axis of
 * inputs that is open or called a batch becomes ours. Images are [height, width, channels] here, so image inputs are
 * too, and weights are turned around. Throws `ExportError`.
 */
export function fromOnnx(bytes: Uint8Array, registry: Registry): GraphDocument {
  const { graph } = readOnnx(bytes);
  const unknown = graph.nodes.filter(
    ({ opType, domain }) =>
      (domain !== '' && domain !== 'ai.onnx') || !Object.hasOwn(translations, opType),
  );
  if (unknown.length > 0) throw new ExportError(unknownSentence(unknown));
  const builder = new Builder(registry, graph.name);
  for (const tensor of graph.initializers) builder.holds(tensor);
  for (const { name, elementType, shape } of graph.inputs) {
    if (builder.find(name)) continue;
    if (!numberTypes.has(elementType)) {
      throw new ExportError(`The input “${name}” of the model holds something else than numbers.`);
    }
    if (!shape) throw new ExportError(`The model does not say what shape its input “${name}” has.`);
    builder.input(name, shape);
  }
  for (const node of graph.nodes) builder.translate(node);
  return builder.finish(graph.outputs.map(({ name }) => name));
}

/** Of ONNX's types of elements: 0 where it is not said; no texts, no complex numbers. */
const numberTypes = new Set([0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16]);

/** A document has no longer names. */
const longestLabel = 200;

function unknownSentence(nodes: readonly OnnxNode[]): string {
  const byType = new Map<string, string[]>();
  for (const { opType, name } of nodes) {
    byType.set(opType, [...(byType.get(opType) ?? []), name || 'without a name']);
  }
  const list = [...byType].map(([type, names]) => {
    const shown = names.slice(0, 3).map((name) => `“${name}”`);
    return `${type} (${shown.join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''})`;
  });
  return `The model has operations that are not known here: ${list.join('; ')}.`;
}

class Builder implements Importer {
  readonly #registry: Registry;
  readonly #known = new Map<string, Operand>();
  /** Results beside the first of a node, by name, with the node. */
  readonly #further = new Map<string, string>();
  readonly exact = new Float64Ops();
  readonly #title: string;
  // In the order of the model, where every node comes after those that it takes from: so nothing can close a cycle.
  readonly #nodes = new Map<NodeId, GraphNode>();
  readonly #wires: Wire[] = [];
  readonly #forms = new Map<NodeId, Form>();
  #count = 0;
  #current = '';

  constructor(registry: Registry, title: string) {
    this.#registry = registry;
    this.#title = title;
  }

  find(name: string): Operand | undefined {
    return this.#known.get(name);
  }

  holds({ name, dims, data }: OnnxTensor): void {
    const array = { shape: dims, data: Float64Array.from(data) };
    if (array.data.length !== sizeOf(dims)) {
      throw new ExportError(
        `“${name}” holds ${array.data.length} numbers for its shape [${dims.join(', ')}].`,
      );
    }
    this.#known.set(name, { kind: 'array', name, array });
  }

  input(name: string, shape: readonly (number | string)[]): void {
    const [first, ...rest] = shape;
    const batched = typeof first === 'string' || (shape.length > 1 && first === 1);
    const own = (batched ? rest : shape).map((length) => {
      if (typeof length === 'number' && length > 0) return length;
      throw new ExportError(
        typeof length === 'number'
          ? `The input “${name}” has an axis of length ${length}.`
          : `The input “${name}” has an open length “${length}” beside its batch.`,
      );
    });
    const image = batched && own.length === 3;
    const [channels = 1, height = 1, width = 1] = own;
    const ours = image ? [height, width, channels] : own;
    const node = this.add('input', {}, { shape: ours, ...(batched ? { batched } : {}) }, name);
    this.#known.set(name, { ...node, image });
  }

  translate(node: OnnxNode): void {
    this.#current = node.name || node.opType;
    const inputs = node.inputs.map((name) => {
      if (name === '') return undefined;
      const found = this.#known.get(name);
      if (found) return found;
      const by = this.#further.get(name);
      throw this.refused(
        by === undefined
          ? `its input “${name}” is given by no node before it`
          : `its input “${name}” is a further result of “${by}”, and only the first ones are read here`,
      );
    });
    const translate = translations[node.opType];
    if (!translate) throw this.refused('its operation is not known');
    const attribute = (name: string) => node.attributes.find((each) => each.name === name);
    const result = translate(this, inputs, {
      number: (name, usual) => {
        const found = attribute(name);
        return found?.kind === 'float' || found?.kind === 'int' ? found.value : usual;
      },
      list: (name) => {
        const found = attribute(name);
        return found?.kind === 'ints' || found?.kind === 'floats' ? found.value : undefined;
      },
      text: (name) => {
        const found = attribute(name);
        return found?.kind === 'string' ? found.value : undefined;
      },
      tensor: (name) => {
        const found = attribute(name);
        return found?.kind === 'tensor' ? found.value : undefined;
      },
      outputs: node.outputs.length,
    });
    const [output = '', ...further] = node.outputs;
    for (const name of further) this.#further.set(name, this.#current);
    this.#known.set(output, result.kind === 'array' ? { ...result, name: output } : result);
  }

  refused(why: string): ExportError {
    return new ExportError(`“${this.#current}” cannot be read: ${why}.`);
  }

  form(operand: Operand): Form {
    if (operand.kind === 'array') return { batched: false, shape: operand.array.shape };
    const form = this.#forms.get(operand.node);
    if (form) return form;
    throw this.refused('its shape is not known');
  }

  add(
    op: string,
    inputs: Readonly<Record<string, Operand>>,
    attrs: object = {},
    name = '',
  ): Extract<Operand, { kind: 'node' }> {
    const id = nodeId(`${op}${++this.#count}`);
    const label = name.slice(0, longestLabel);
    const ends = Object.entries(inputs).map(
      ([port, operand]) => [port, this.node(operand)] as const,
    );
    const parsed = parseAttrs({ id, op, label }, attrs, this.#registry);
    const node: GraphNode = { id, op, label, attrs: parsed, position: { x: 0, y: 0 } };
    const operation = this.#registry.get(op);
    const forms = new Map<string, Form>();
    for (const [port, from] of ends) {
      if (operation && !findPort(operation, parsed, port)) {
        throw this.refused(`it has more inputs than “${operation.title}” takes`);
      }
      const form = this.#forms.get(from);
      if (form) forms.set(port, form);
      this.#wires.push({
        id: wireId(`w${++this.#count}`),
        from: { node: from, port: 'out' },
        to: { node: id, port },
      });
    }
    const found = formOf(this.#registry, node, forms);
    if ('error' in found) throw this.refused(found.error.message.replace(/\.$/, ''));
    this.#nodes.set(id, node);
    this.#forms.set(id, found.form);
    return { kind: 'node', node: id, image: false };
  }

  /** The node that gives an operand: numbers become a parameter, single ones a constant. */
  node(operand: Operand): NodeId {
    if (operand.kind === 'node') return operand.node;
    const { name, array } = operand;
    const value = array;
    const single = array.data.length === 1 && array.shape.length === 0;
    const made = this.add(
      single ? 'constant' : 'parameter',
      {},
      { shape: array.shape, value },
      name,
    );
    for (const [known, other] of this.#known) if (other === operand) this.#known.set(known, made);
    return made.node;
  }

  array(array: NdArray, name: string): Operand {
    return { kind: 'array', name, array };
  }

  finish(outputs: readonly string[]): GraphDocument {
    for (const name of outputs) {
      const operand = this.#known.get(name);
      if (!operand) throw new ExportError(`The model’s output “${name}” is given by no node.`);
      const id = this.node(operand);
      const node = this.#nodes.get(id);
      if (node?.label === '') this.#nodes.set(id, { ...node, label: name.slice(0, longestLabel) });
    }
    const document = {
      ...emptyDocument(this.#title),
      nodes: [...this.#nodes.values()],
      wires: this.#wires,
    };
    const isSource = (id: NodeId) =>
      this.#registry.get(this.#nodes.get(id)?.op ?? '')?.group === 'sources';
    const positions = layout(document, {
      // Sources have their numbers within.
      size: (id) => (isSource(id) ? { width: 190, height: 50 } : { width: 110, height: 96 }),
      label: () => ({ width: 132, height: 64 }),
    });
    const nodes = document.nodes.map((node) => ({
      ...node,
      position: positions.get(node.id) ?? node.position,
    }));
    return { ...document, nodes };
  }
}

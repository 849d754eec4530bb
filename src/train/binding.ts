import { countOf, type DataSet, type Field, type Fields, gatherRows } from '#data';
import { type GraphNode, type NodeId, nodeName } from '#graph';
import { formatShape, type Shape, sameShape, sizeOf } from '#tensor';
import { TrainingError } from './errors.ts';
import type { DataInput, TrainableGraph } from './graph.ts';

/** An input and the column its values come from. */
interface Bound {
  readonly input: DataInput;
  readonly field: Field;
  /** Where the input wants one number per class and the field holds the index. */
  readonly oneHot: number | undefined;
}

/** Delivers mini-batches of one part of a data set to the inputs of a graph. */
export class BoundData {
  readonly count: number;
  readonly #bound: readonly Bound[];
  readonly #buffers = new Map<string, Float32Array>();

  constructor(bound: readonly Bound[], count: number) {
    this.#bound = bound;
    this.count = count;
  }

  /** Calls `take` for every input with the examples `order[from …]`; the array is used again. */
  batch(
    order: ArrayLike<number>,
    from: number,
    size: number,
    take: (id: NodeId, shape: Shape, data: Float32Array) => void,
  ): void {
    for (const { input, field, oneHot } of this.#bound) {
      const key = `${input.id} ${size}`;
      const buffer = this.#buffers.get(key) ?? new Float32Array(size * sizeOf(input.shape));
      this.#buffers.set(key, buffer);
      gatherRows(field, order, from, buffer, oneHot);
      take(input.id, [size, ...input.shape], buffer);
    }
  }
}

/** Binds the inputs of a graph to the data. Throws `TrainingError`, naming the input at fault. */
export function bindData(
  graph: TrainableGraph,
  data: DataSet,
): { readonly train: BoundData; readonly test: BoundData | undefined } {
  checkUnbound(graph, data);
  return {
    train: bindFields(graph, data.name, data.train),
    test: data.test && bindFields(graph, data.name, data.test),
  };
}

function bindFields(graph: TrainableGraph, name: string, fields: Fields): BoundData {
  const bound = graph.inputs.map((input) => bindInput(graph, name, fields, input));
  return new BoundData(bound, countOf(fields));
}

function bindInput(
  graph: TrainableGraph,
  dataName: string,
  fields: Fields,
  input: DataInput,
): Bound {
  const field = fields.get(input.field);
  if (!field) {
    throw new TrainingError(
      'bad-field',
      `“${input.name}” asks for the field “${input.field}”, but “${dataName}” has ${list(fields.keys())}.`,
      input.id,
    );
  }
  const { classification } = graph;
  if (classification?.target === input.id && (field.classes ?? 0) > classification.classes) {
    throw new TrainingError(
      'bad-field',
      `“${input.field}” of “${dataName}” has ${field.classes} classes, but the loss gets only ${classification.classes} scores.`,
      classification.scores,
    );
  }
  if (fits(field.shape, input.shape)) return { input, field, oneHot: undefined };
  if (field.classes !== undefined && sameShape(input.shape, [field.classes])) {
    return { input, field, oneHot: field.classes };
  }
  throw new TrainingError(
    'bad-field',
    `“${input.name}” has shape ${formatShape(input.shape)}, but the field “${input.field}” of “${dataName}” has ${formatShape(field.shape)}${flattened(field.shape)}.`,
    input.id,
  );
}

/** The same entries in the same order: the field's own shape, without axes of length 1, or flat. */
function fits(field: Shape, wanted: Shape): boolean {
  const bare = (shape: Shape) => shape.filter((length) => length !== 1);
  if (sameShape(bare(field), bare(wanted))) return true;
  return field.length > 0 && sameShape(wanted, [sizeOf(field)]);
}

function flattened(shape: Shape): string {
  return shape.length > 1 ? ` (or ${formatShape([sizeOf(shape)])}, flattened)` : '';
}

/** Sources that get nothing from the data must hold a value that suits a mini-batch of any size. */
function checkUnbound({ plan, inputs }: TrainableGraph, data: DataSet): void {
  const unbound: GraphNode[] = [];
  for (const { node, operation } of plan) {
    if (!operation.source || inputs.some(({ id }) => id === node.id)) continue;
    const held = operation.source(node.attrs, node.id);
    const batched = 'batched' in node.attrs && node.attrs.batched === true;
    if (batched) unbound.push(node);
    else if (!held) {
      throw new TrainingError('no-field', `“${nodeName(node)}” holds no value yet.`, node.id);
    }
  }
  const [first] = unbound;
  if (!first && inputs.length > 0) return;
  const fields = list(data.train.keys());
  if (first) {
    throw new TrainingError(
      'no-field',
      `“${nodeName(first)}” has a value for every example but no field to take it from: set its field to one of “${data.name}” (${fields}).`,
      first.id,
    );
  }
  throw new TrainingError(
    'no-field',
    `No input takes its values from the data: make an input one per example and set its field to one of “${data.name}” (${fields}).`,
  );
}

function list(names: Iterable<string>): string {
  return [...names].map((name) => `“${name}”`).join(' and ');
}

import {
  augmenter,
  augments,
  countOf,
  type DataSet,
  type Field,
  type Fields,
  firstEntries,
  type GatherOptions,
  gatherRows,
  type TrainingOnly,
} from '#data';
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
  readonly options?: GatherOptions;
}

/** A mini-batch for one input. */
interface Room {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** Delivers mini-batches of one part of a data set to the inputs of a graph. */
export class BoundData {
  readonly count: number;
  readonly #bound: readonly Bound[];
  readonly #training: TrainingOnly | undefined;
  readonly #epoch: number | undefined;
  /** For every size of mini-batch, what the inputs get, in their order. */
  readonly #rooms = new Map<number, readonly Room[]>();

  constructor(bound: readonly Bound[], count: number, training?: TrainingOnly, epoch?: number) {
    this.#bound = bound.map((input) => ({ ...input, options: optionsOf(input, training, epoch) }));
    this.count = count;
    this.#training = training;
    this.#epoch = epoch;
  }

  /** The same examples as they are trained on in an epoch, from 1: augmented, where they are to be. */
  inEpoch(epoch: number): BoundData {
    const training = this.#training;
    if (!training || epoch === this.#epoch) return this;
    return new BoundData(this.#bound, this.count, training, epoch);
  }

  /** Calls `take` for every input with the examples `order[from …]`; the array is used again. */
  batch(
    order: ArrayLike<number>,
    from: number,
    size: number,
    take: (id: NodeId, shape: Shape, data: Float32Array) => void,
  ): void {
    let rooms = this.#rooms.get(size);
    if (!rooms) {
      rooms = this.#bound.map(({ input }) => {
        const shape = [size, ...input.shape];
        return { shape, values: new Float32Array(sizeOf(shape)) };
      });
      this.#rooms.set(size, rooms);
    }
    for (let at = 0; at < rooms.length; at++) {
      const { input, field, oneHot, options } = this.#bound[at] as Bound;
      const { shape, values } = rooms[at] as Room;
      gatherRows(field, order, from, values, oneHot, options);
      take(input.id, shape, values);
    }
  }
}

/** What an input's values go through in training: images are altered anew in every epoch, and labels smoothed. */
function optionsOf(
  { input, field, oneHot }: Bound,
  training: TrainingOnly | undefined,
  epoch: number | undefined,
): GatherOptions {
  if (!training || epoch === undefined) return {};
  const { augmentation, labelSmoothing, seed } = training;
  if (oneHot !== undefined) return { smoothing: labelSmoothing };
  if (input.field !== 'x' || !augments(augmentation)) return {};
  return { alter: augmenter(field, augmentation, seed, epoch) };
}

/** The parts of a data set, bound. */
export interface BoundParts {
  readonly train: BoundData;
  readonly validation: BoundData | undefined;
  readonly test: BoundData | undefined;
}

/** Binds the inputs of a graph to the data. Throws `TrainingError`, naming the input at fault. */
export function bindData(graph: TrainableGraph, data: DataSet): BoundParts {
  checkUnbound(graph, data);
  const { name, train, validation, test, training } = data;
  return {
    train: bindFields(graph, name, train, training),
    validation: validation && bindFields(graph, name, validation),
    test: test && bindFields(graph, name, test),
  };
}

function bindFields(
  graph: TrainableGraph,
  name: string,
  fields: Fields,
  training?: TrainingOnly,
): BoundData {
  const bound = graph.inputs.map((input) => bindInput(graph, name, fields, input));
  if (training && training.labelSmoothing > 0) checkSmoothing(graph, bound);
  return new BoundData(bound, countOf(fields), training);
}

/** A class index cannot be smoothed. */
function checkSmoothing({ classification }: TrainableGraph, bound: readonly Bound[]): void {
  const target = bound.find(({ input }) => input.id === classification?.target);
  if (!target || target.oneHot !== undefined) return;
  throw new TrainingError(
    'bad-field',
    `Labels can be smoothed only where there is a number for each class: give “${target.input.name}” the shape [${target.field.classes ?? classification?.classes}].`,
    target.input.id,
  );
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
  if (
    classification?.target === input.id &&
    field.classes === undefined &&
    input.shape.length === 0
  )
    checkIndices(field, classification.classes, dataName, input);
  if (fits(field.shape, input.shape)) return { input, field, oneHot: undefined };
  const oneHot = oneHotOf(graph, input, field);
  if (oneHot !== undefined) return { input, field, oneHot };
  throw new TrainingError(
    'bad-field',
    `“${input.name}” has shape ${formatShape(input.shape)}, but the field “${input.field}” of “${dataName}” has ${formatShape(field.shape)}${flattened(field.shape)}.`,
    input.id,
  );
}

/** How long a row with a 1 at the class is: there may be scores for classes that no example is of. */
function oneHotOf(
  { classification }: TrainableGraph,
  { id, shape }: DataInput,
  { classes }: Field,
): number | undefined {
  const [length = 0] = shape;
  if (classes === undefined || shape.length !== 1) return undefined;
  const isTarget = classification?.target === id && length === classification.classes;
  return length === classes || (isTarget && length > classes) ? length : undefined;
}

/** Numbers that nobody has called classes may be none. */
function checkIndices(field: Field, classes: number, dataName: string, input: DataInput): void {
  if (sizeOf(field.shape) !== 1) return;
  const first = firstEntries(field);
  for (let example = 0; example < field.count; example++) {
    const value = (field.values[first(example)] ?? 0) * field.scale;
    if (Number.isInteger(value) && value >= 0 && value < classes) continue;
    throw new TrainingError(
      'bad-field',
      `“${input.field}” of “${dataName}” holds ${Number(value.toPrecision(7))} (example ${example + 1}), but the loss wants the index of a class, from 0 to ${classes - 1}.`,
      input.id,
    );
  }
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

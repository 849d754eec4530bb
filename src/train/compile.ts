import { backward, type Forward, forward, type NodeId, type PlannedNode } from '#graph';
import { filled, type Value, ValueOps } from '#tensor';
import { TrainingError } from './errors.ts';
import type { TrainableGraph } from './graph.ts';
import type { Optimizer } from './optimizers.ts';
import type { Program } from './program.ts';
import { RecordingOps, type Ref } from './recorder.ts';

/** The names that programs' inputs and outputs go by. */
export const names = {
  loss: 'loss',
  accuracy: 'accuracy',
  rate: 'rate',
  data: (id: NodeId) => `data ${id}`,
  parameter: (id: NodeId) => `parameter ${id}`,
  gradient: (id: NodeId) => `gradient ${id}`,
  state: (id: NodeId, part: string) => `state ${part} ${id}`,
} as const;

/** What a graph becomes for mini-batches of one size. */
export interface TrainingPrograms {
  /** Data, parameters, rate → loss, accuracy, new parameters, new optimizer state. */
  readonly step: Program;
  /** Data, parameters → loss and every parameter's gradient: what is compared with the trace. */
  readonly gradients: Program;
}

/** Compiles forward pass, backward pass and update, from the very rules that the trace runs. */
export function compileTraining(
  graph: TrainableGraph,
  optimizer: Optimizer,
  batchSize: number,
): TrainingPrograms {
  const recording = record(graph, batchSize);
  const { o, recorder, pass, loss, outputs } = recording;
  const { values } = pass;
  const example = lossValue(values, graph);
  const count = example.batched ? batchSize : 1;
  const seed = o.constant(
    filled(recorder.shape(example.data), graph.loss.seed / count),
    example.batched,
  );
  const { totals } = backward(graph.plan, o, pass, graph.loss.node, seed);

  const rate: Value<Ref> = { batched: false, shape: [], data: recorder.input(names.rate, []) };
  const step = new Map<string, Ref>(outputs);
  const gradients = new Map<string, Ref>([[names.loss, loss.data]]);
  for (const { id, shape, frozen } of graph.parameters) {
    const parameter = values.get(id);
    if (frozen || !parameter) continue;
    const gradient = totals.get(id) ?? o.constant(filled(shape, 0));
    gradients.set(names.gradient(id), gradient.data);
    const state = Object.fromEntries(
      optimizer.state.map((part) => [
        part,
        { batched: false, shape, data: recorder.input(names.state(id, part), shape) },
      ]),
    );
    const updated = optimizer.update(o, { parameter, gradient, rate, state });
    step.set(names.parameter(id), updated.parameter.data);
    for (const [part, value] of Object.entries(updated.state)) {
      step.set(names.state(id, part), value.data);
    }
  }
  return { step: recorder.program(step), gradients: recorder.program(gradients) };
}

/** Compiles the forward pass alone: data, parameters → loss, accuracy. */
export function compileEvaluation(graph: TrainableGraph, batchSize: number): Program {
  const { recorder, outputs } = record(graph, batchSize);
  return recorder.program(outputs);
}

interface Recording {
  readonly recorder: RecordingOps;
  readonly o: ValueOps<Ref>;
  readonly pass: Forward<Ref>;
  /** The mean over the batch. */
  readonly loss: Value<Ref>;
  /** Loss and, in a classification, accuracy. */
  readonly outputs: ReadonlyMap<string, Ref>;
}

/** Writes down the forward pass. */
function record(graph: TrainableGraph, batchSize: number): Recording {
  const recorder = new RecordingOps();
  const o = new ValueOps(recorder);
  const pass = forward(graph.plan, o, (planned) => source(graph, recorder, o, planned, batchSize));
  const { values } = pass;
  for (const [node, error] of pass.errors)
    throw new TrainingError('bad-graph', error.message, node);
  const loss = o.batchMean(lossValue(values, graph));
  const outputs = new Map<string, Ref>([[names.loss, loss.data]]);
  const accuracy = accuracyOf(graph, o, values);
  if (accuracy) outputs.set(names.accuracy, accuracy.data);
  return { recorder, o, pass, loss, outputs };
}

function lossValue(values: ReadonlyMap<NodeId, Value<Ref>>, { loss }: TrainableGraph): Value<Ref> {
  const value = values.get(loss.node);
  if (!value) throw new TrainingError('bad-graph', 'The loss has no value.', loss.node);
  return value;
}

function source(
  graph: TrainableGraph,
  recorder: RecordingOps,
  o: ValueOps<Ref>,
  { node, operation }: PlannedNode,
  batchSize: number,
): Value<Ref> {
  const parameter = graph.parameters.find(({ id }) => id === node.id);
  if (parameter) {
    const { id, shape } = parameter;
    return { batched: false, shape, data: recorder.input(names.parameter(id), shape) };
  }
  const input = graph.inputs.find(({ id }) => id === node.id);
  if (input) {
    const { id, shape } = input;
    const data = recorder.input(names.data(id), [batchSize, ...shape]);
    return { batched: true, shape, data };
  }
  const held = operation.source?.(node.attrs, node.id);
  // `bindData` has made sure that every other source holds a value, the same for all examples.
  if (!held) throw new TrainingError('no-field', `“${node.id}” holds no value.`, node.id);
  return o.constant(held.array, held.batched);
}

/** The share of examples whose largest score is that of the right class. */
function accuracyOf(
  { classification }: TrainableGraph,
  o: ValueOps<Ref>,
  values: ReadonlyMap<NodeId, Value<Ref>>,
): Value<Ref> | undefined {
  const scores = classification && values.get(classification.scores);
  const target = classification && values.get(classification.target);
  if (!scores || !target) return undefined;
  const wanted = target.shape.length === 0 ? target : o.argMax(target);
  return o.batchMean(o.equal(o.argMax(scores), wanted));
}

import { backward, type Forward, forward, type NodeId, type PlannedNode } from '#graph';
import { filled, type Shape, type Value, ValueOps } from '#tensor';
import { TrainingError } from './errors.ts';
import type { TrainableGraph } from './graph.ts';
import type { WantedMask } from './masks.ts';
import { planInUse } from './modes.ts';
import { names } from './names.ts';
import type { Program } from './program.ts';
import { RecordingOps, type Ref } from './recorder.ts';
import { coefficientsOf, type Pair, treatedGradients, type UpdateRule, updated } from './update.ts';

/** What a graph becomes for mini-batches of one size. */
export interface TrainingPrograms {
  /** Data, masks, parameters, state, coefficients → loss, accuracy, and the new parameters and state. */
  readonly step: Program;
  /** Data, masks, parameters → loss and every parameter's gradient: what is compared with the trace. */
  readonly gradients: Program;
  /** What the programs take a fresh mask for at every run. */
  readonly masks: readonly MaskInput[];
}

/** A mask that a program wants, in its full shape. */
export interface MaskInput extends Pick<WantedMask, 'keep' | 'seed'> {
  readonly id: NodeId;
  readonly shape: Shape;
}

/** Compiles forward pass, backward pass and update, from the very rules that the trace runs. */
export function compileTraining(
  graph: TrainableGraph,
  rule: UpdateRule,
  batchSize: number,
): TrainingPrograms {
  const recording = record(graph, graph.plan, batchSize);
  const { o, recorder, pass, loss, outputs, masks } = recording;
  const { values } = pass;
  const example = lossValue(values, graph);
  const count = example.batched ? batchSize : 1;
  const seed = o.constant(
    filled(recorder.shape(example.data), graph.loss.seed / count),
    example.batched,
  );
  const { totals } = backward(graph.plan, o, pass, graph.loss.node, seed);

  const trained = graph.parameters.flatMap(({ id, shape, frozen, rate, weightDecay }) => {
    const parameter = values.get(id);
    if (frozen || !parameter) return [];
    const gradient = totals.get(id) ?? o.constant(filled(shape, 0));
    return [{ id, rate, parameter, gradient, weightDecay: weightDecay ?? rule.weightDecay }];
  });
  const gradients = new Map<string, Ref>([[names.loss, loss.data]]);
  for (const { id, gradient } of trained) gradients.set(names.gradient(id), gradient.data);
  const step = new Map<string, Ref>([...outputs, ...updates(recording, trained, rule)]);
  for (const [name, average] of newAverages(graph, recording)) step.set(name, average.data);
  return { step: recorder.program(step), gradients: recorder.program(gradients), masks };
}

/** The new parameters and the optimizer's new state, by name. */
function updates(
  { o, recorder }: Recording,
  trained: readonly (Pair<Ref> & { readonly id: NodeId; readonly rate: number })[],
  rule: UpdateRule,
): Map<string, Ref> {
  const input = (name: string, shape: Shape): Value<Ref> => ({
    batched: false,
    shape,
    data: recorder.input(name, shape),
  });
  const coefficients = (rate: number) =>
    Object.fromEntries(
      Object.keys(coefficientsOf(rule, 0, 1)).map((name) => [
        name,
        input(names.coefficient(name, rate), []),
      ]),
    );
  const gradients = treatedGradients(o, trained, rule);
  const result = new Map<string, Ref>();
  trained.forEach((pair, at) => {
    const { id, rate, parameter, weightDecay } = pair;
    const state = Object.fromEntries(
      rule.optimizer.state.map((part) => [part, input(names.state(id, part), parameter.shape)]),
    );
    const gradient = gradients[at] ?? pair.gradient;
    const context = { parameter, gradient, coefficients: coefficients(rate), state };
    const fresh = updated(o, { ...rule, weightDecay }, context);
    result.set(names.parameter(id), fresh.parameter.data);
    for (const [part, value] of Object.entries(fresh.state)) {
      result.set(names.state(id, part), value.data);
    }
  });
  return result;
}

/** What this mini-batch makes of the running averages: momentum · old + (1 − momentum) · batch. */
function newAverages(
  { plan, averages }: TrainableGraph,
  { o, recorder, pass }: Recording,
): Map<string, Value<Ref>> {
  const result = new Map<string, Value<Ref>>();
  for (const { node, operation } of plan) {
    const own = averages.filter(({ id }) => id === node.id);
    const inputs = pass.inputs.get(node.id);
    const update = own.length > 0 && inputs && operation.running?.(o, inputs, node.attrs);
    if (!update) continue;
    const { momentum, batch } = update;
    for (const { id, attribute, initial } of own) {
      const fresh = batch[attribute];
      if (!fresh) continue;
      const name = names.average(id, attribute);
      const { shape } = initial;
      const old = { batched: false, shape, data: recorder.input(name, shape) };
      result.set(name, o.add(o.mul(old, momentum), o.mul(fresh, 1 - momentum)));
    }
  }
  return result;
}

/** Compiles the forward pass alone, as the graph is in use: data, parameters, averages → loss, accuracy. */
export function compileEvaluation(graph: TrainableGraph, batchSize: number): Program {
  const { recorder, outputs } = record(graph, planInUse(graph.plan), batchSize);
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
  readonly masks: readonly MaskInput[];
}

/** Writes down the forward pass. */
export function record(
  graph: TrainableGraph,
  plan: readonly PlannedNode[],
  batchSize: number,
): Recording {
  const recorder = new RecordingOps();
  const o = new ValueOps(recorder);
  const masks: MaskInput[] = [];
  const pass = forward(plan, o, (planned) => source(graph, recorder, o, planned, batchSize), {
    auxiliary: ({ node: { id } }, name, wanted) => {
      if (wanted.kind === 'running') return average(graph, recorder, id, name);
      const { keep, seed, form } = wanted;
      const shape = form.batched ? [batchSize, ...form.shape] : form.shape;
      masks.push({ id, keep, seed, shape });
      return { ...form, data: recorder.input(names.mask(id), shape) };
    },
  });
  const { values } = pass;
  for (const [node, error] of pass.errors)
    throw new TrainingError('bad-graph', error.message, node);
  const loss = o.batchMean(lossValue(values, graph));
  const outputs = new Map<string, Ref>([[names.loss, loss.data]]);
  const accuracy = accuracyOf(graph, o, values);
  if (accuracy) outputs.set(names.accuracy, accuracy.data);
  return { recorder, o, pass, loss, outputs, masks };
}

export function lossValue(
  values: ReadonlyMap<NodeId, Value<Ref>>,
  { loss }: TrainableGraph,
): Value<Ref> {
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

/** Undefined where training keeps none, so that the node's own one counts. */
function average(
  { averages }: TrainableGraph,
  recorder: RecordingOps,
  node: NodeId,
  attribute: string,
): Value<Ref> | undefined {
  const found = averages.find((kept) => kept.id === node && kept.attribute === attribute);
  if (!found) return undefined;
  const { shape } = found.initial;
  return { batched: false, shape, data: recorder.input(names.average(node, attribute), shape) };
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

import type { DataSet } from '#data';
import { TensorError } from '#tensor';
import type { MiniBatch } from './batches.ts';
import { type BoundData, bindData } from './binding.ts';
import { checkEngine } from './check.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Engine, fastestEngine, startEngine } from './engines.ts';
import { TrainingError } from './errors.ts';
import { type TrainableGraph, trainableGraph } from './graph.ts';
import { Inspector } from './insight/inspector.ts';
import { rounded } from './learnt.ts';
import { dataMark, graphMark } from './marks.ts';
import { refuseLonely } from './modes.ts';
import {
  type EngineCheck,
  type EngineName,
  engineNames,
  type TrainingSettings,
} from './protocol.ts';
import type { RunOptions } from './run-options.ts';
import { Session } from './session.ts';
import { updateRule } from './update.ts';

/** All that a run works with, ready for its first step. */
export interface Prepared {
  readonly graph: TrainableGraph;
  readonly session: Session<unknown>;
  readonly train: BoundData;
  readonly validation: BoundData | undefined;
  readonly test: BoundData | undefined;
  readonly check: EngineCheck;
  readonly inspector: Inspector<unknown>;
  readonly marks: { readonly graph: string; readonly data: string };
  /** What a person should know before it starts. */
  readonly notice: string | undefined;
}

/**
 * Reads the data, starts the engine, and holds it to the exact trace on the mini-batch that `first`
 * makes of the training examples. Throws what says why the graph cannot be trained.
 */
export async function prepare(
  { document, registry, host, data, checkpoint }: RunOptions,
  settings: TrainingSettings,
  first: (train: BoundData, size: number) => MiniBatch,
): Promise<Prepared> {
  const graph = trainableGraph(document, registry);
  const dataSet = await data();
  const bound = bindData(graph, dataSet);
  const marks = { graph: graphMark(graph), data: dataMark(dataSet) };
  if (checkpoint) refuseOther(checkpoint, marks, dataSet);
  const rule = updateRule(settings);
  const initial = new Map(
    graph.parameters.map(({ id, initial }) => [id, rounded(initial)] as const),
  );
  const size = Math.min(settings.batchSize, bound.train.count);
  refuseLonely(graph.lonely, size);
  const batch = first(bound.train, size);
  const start = (name: EngineName): Promise<Engine> =>
    name === 'auto' ? fastestEngine(graph, rule, batch, initial, host) : startEngine(name, host);
  const same = checkpoint && (await sameEngine(checkpoint, start));
  const engine = same ?? (await start(settings.engine));
  const session = new Session(graph, rule, engine, initial);
  try {
    if (checkpoint) {
      session.restore({ steps: checkpoint.optimizerSteps, tensors: checkpoint.state });
    }
    const { parameters } = await session.learnt();
    const check = await checkEngine(graph, session, batch, parameters);
    const notice = checkpoint && !same ? otherEngine(checkpoint, engine) : undefined;
    const { batchSize } = settings;
    const inspector = new Inspector({ graph, engine, data: dataSet, parts: bound, batchSize });
    return { graph, session, ...bound, check, inspector, marks, notice };
  } catch (error) {
    session.dispose();
    throw error;
  }
}

/** The engine that the checkpoint was made on; undefined where it does not start here. */
async function sameEngine(
  { engine }: Checkpoint,
  start: (name: EngineName) => Promise<Engine>,
): Promise<Engine | undefined> {
  const name = engineNames.find((known) => known === engine);
  if (!name) return undefined;
  try {
    return await start(name);
  } catch (error) {
    if (error instanceof TensorError || error instanceof TrainingError) return undefined;
    throw error;
  }
}

function otherEngine(checkpoint: Checkpoint, { name }: Engine): string {
  return `The engine “${checkpoint.engine}” does not start here: the run goes on with “${name}”, and no longer to the last bit as it would have.`;
}

function refuseOther(
  checkpoint: Checkpoint,
  { graph, data }: Prepared['marks'],
  { name }: DataSet,
): void {
  const why =
    checkpoint.graph !== graph
      ? 'the graph computes something else by now'
      : checkpoint.data !== data
        ? `it was made with other data than “${name}” holds now`
        : undefined;
  if (why === undefined) return;
  throw new TrainingError('bad-checkpoint', `The checkpoint cannot be used: ${why}.`);
}

import type { DataSet } from '#data';
import { TensorError } from '#tensor';
import type { MiniBatch } from './batches.ts';
import { type BoundData, bindData } from './binding.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Engine, Engines, type Ready } from './engines.ts';
import { TrainingError } from './errors.ts';
import { type TrainableGraph, trainableGraph } from './graph.ts';
import { Inspector } from './insight/inspector.ts';
import { learntOf, rounded } from './learnt.ts';
import { dataMark, graphMark } from './marks.ts';
import { refuseLonely } from './modes.ts';
import {
  type EngineCheck,
  type EngineChoice,
  engineNames,
  type TrainingSettings,
} from './protocol.ts';
import type { RunOptions } from './run-options.ts';
import { Session, type TrainingSession } from './session.ts';
import { SteadySession } from './steady-session.ts';
import { updateRule } from './update.ts';

/** All that a run works with, ready for its first step. */
export interface Prepared {
  readonly graph: TrainableGraph;
  readonly session: TrainingSession;
  readonly train: BoundData;
  readonly validation: BoundData | undefined;
  readonly test: BoundData | undefined;
  readonly marks: { readonly graph: string; readonly data: string };
  /** What a person should know before it starts. */
  readonly notice: string | undefined;
}

/** What comes with the engine at work, and changes with it. */
export interface AtWork {
  readonly engines: EngineChoice;
  readonly check: EngineCheck;
  readonly inspector: Inspector<unknown>;
}

export interface Beginning {
  /** The mini-batch of the first step. */
  first(train: BoundData, size: number): MiniBatch;
  /** An engine is about to begin: the first one, or one that takes over. */
  took(atWork: AtWork): void;
}

/**
 * Reads the data, chooses the engine, and holds it to the exact trace on the first mini-batch. Throws
 * what says why the graph cannot be trained.
 */
export async function prepare(
  { document, registry, host, data, checkpoint }: RunOptions,
  settings: TrainingSettings,
  { first, took }: Beginning,
): Promise<Prepared> {
  const graph = trainableGraph(document, registry);
  const dataSet = await data();
  const bound = bindData(graph, dataSet);
  const marks = { graph: graphMark(graph), data: dataMark(dataSet) };
  if (checkpoint) refuseOther(checkpoint, marks, dataSet);
  const rule = updateRule(settings);
  const { batchSize } = settings;
  const size = Math.min(batchSize, bound.train.count);
  refuseLonely(graph.lonely, size);
  const batch = first(bound.train, size);
  const parameters = checkpoint
    ? learntOf(checkpoint.state).parameters
    : new Map(graph.parameters.map(({ id, initial }) => [id, rounded(initial)] as const));
  const engines = new Engines({ graph, rule, batch, parameters }, host);
  const begin = ({ engine, check }: Ready, message?: string) => {
    const inspector = new Inspector({ graph, engine, data: dataSet, parts: bound, batchSize });
    const choice = { ...engines.choice(engine), ...(message === undefined ? {} : { message }) };
    took({ engines: choice, check, inspector });
    return engine;
  };
  const same = checkpoint && (await sameEngine(checkpoint, engines));
  const ready = same ?? (await engines.choose(settings.engine));
  const session = new SteadySession(
    {
      open: (engine) => new Session(graph, rule, engine, parameters),
      replace: async (failure) => {
        const next = await engines.replace(failure);
        return begin(next, takenOver(failure, next.engine));
      },
      now: () => host.now(),
    },
    ready.engine,
  );
  try {
    if (checkpoint) {
      session.restore({ steps: checkpoint.optimizerSteps, tensors: checkpoint.state });
    }
    begin(ready);
    const notice = checkpoint && !same ? otherEngine(checkpoint, ready.engine) : undefined;
    return { graph, session, ...bound, marks, notice };
  } catch (error) {
    session.dispose();
    throw error;
  }
}

/** The engine that the checkpoint was made on; undefined where it does not start here. */
async function sameEngine({ engine }: Checkpoint, engines: Engines): Promise<Ready | undefined> {
  const name = engineNames.find((known) => known === engine);
  if (!name) return undefined;
  try {
    return await engines.choose(name);
  } catch (error) {
    if (error instanceof TensorError || error instanceof TrainingError) return undefined;
    throw error;
  }
}

function takenOver(failure: Error, { name }: Engine): string {
  return `${failure.message.replace(/\.$/, '')}; the run goes on with “${name}”.`;
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

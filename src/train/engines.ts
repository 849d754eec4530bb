import { Float64Engine, sizeOf, startTfjs, type TensorEngine, TensorError } from '#tensor';
import type { MiniBatch } from './batches.ts';
import { TrainingError } from './errors.ts';
import type { TrainableGraph } from './graph.ts';
import type { ParameterValues } from './learnt.ts';
import type { EngineName } from './protocol.ts';
import { Session } from './session.ts';
import type { UpdateRule } from './update.ts';

/** What the place a run happens in provides. */
export interface EngineHost {
  /** Where the wasm backend's binaries lie; see `startTfjs`. */
  readonly wasmFolder?: string | undefined;
  /** Most threads an engine may use. */
  readonly threads?: number | undefined;
  /** Milliseconds from some fixed moment. */
  now(): number;
}

/** Nobody who holds it knows what its tensors are. */
export type Engine = TensorEngine<unknown>;

/** Starts one engine. Throws `TensorError` or `TrainingError` where it cannot run here. */
export async function startEngine(
  name: Exclude<EngineName, 'auto'>,
  { wasmFolder, threads }: EngineHost,
): Promise<Engine> {
  switch (name) {
    case 'js':
      return new Float64Engine();
    case 'wasm':
    case 'cpu':
      return startTfjs(name, { wasmFolder, threads });
    case 'webgpu':
    case 'webgl':
      throw new TrainingError('no-engine', `The engine “${name}” is not there yet; choose wasm.`);
  }
}

/** Above this many parameter entries × examples, plain JavaScript never wins, and one step may take seconds. */
const worthMeasuring = 500_000;

const measuredSteps = 7;
const measuredMilliseconds = 150;

/**
 * The fastest engine for this graph, by a short measurement of its own training steps: wasm, or cpu
 * where that does not start, and for small graphs plain JavaScript as well.
 */
export async function fastestEngine(
  graph: TrainableGraph,
  rule: UpdateRule,
  batch: MiniBatch,
  parameters: ParameterValues,
  host: EngineHost,
): Promise<Engine> {
  const fast = await startEngine('wasm', host).catch((error: unknown) => {
    if (!(error instanceof TensorError)) throw error;
    return startEngine('cpu', host);
  });
  const entries = graph.parameters.reduce((total, { shape }) => total + sizeOf(shape), 0);
  if (entries * batch.size > worthMeasuring) return fast;
  const plain = await startEngine('js', host);
  const time = (engine: Engine) =>
    stepTime(new Session(graph, rule, engine, parameters), batch, host);
  const fastTime = await time(fast);
  const plainTime = await time(plain);
  return plainTime < fastTime ? plain : fast;
}

/** The median time of a few steps on one mini-batch; infinite where the engine lacks something. */
async function stepTime(
  session: Session<unknown>,
  batch: MiniBatch,
  host: EngineHost,
): Promise<number> {
  const times: number[] = [];
  try {
    const end = host.now() + measuredMilliseconds;
    // The first one compiles and is not counted.
    for (let step = 0; step <= measuredSteps && (step < 2 || host.now() < end); step++) {
      const start = host.now();
      await session.step(batch, 0);
      if (step > 0) times.push(host.now() - start);
    }
  } catch (error) {
    if (error instanceof TensorError) return Number.POSITIVE_INFINITY;
    throw error;
  } finally {
    session.dispose();
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.POSITIVE_INFINITY;
}

import { DataError, type DataSet } from '#data';
import { type GraphDocument, GraphError, type NodeId } from '#graph';
import type { Registry } from '#ops';
import { type NdArray, permutation, seededRandom, TensorError } from '#tensor';
import { type MiniBatch, stretches } from './batches.ts';
import { type BoundData, bindData } from './binding.ts';
import { checkEngine } from './check.ts';
import { type EngineHost, fastestEngine, startEngine } from './engines.ts';
import { TrainingError } from './errors.ts';
import { firstNotFinite, isFinite32 } from './float32.ts';
import { type TrainableGraph, trainableGraph } from './graph.ts';
import type { Draw } from './masks.ts';
import { type Measured, Meter } from './meter.ts';
import { type AverageValues, refuseLonely } from './modes.ts';
import { type Moment, notFinite } from './not-finite.ts';
import type {
  EngineCheck,
  SnapshotReason,
  TrainingProgress,
  TrainingReport,
  TrainingSettings,
} from './protocol.ts';
import { type Learnt, type ParameterValues, Session, type StepResult } from './session.ts';
import { updateRule } from './update.ts';

/** A report without its run's id. */
export type RunEvent = TrainingReport extends infer R
  ? R extends TrainingReport
    ? Omit<R, 'runId'>
    : never
  : never;

/** What the place a run happens in provides. */
export interface RunHost extends EngineHost {
  /** Lets messages and timers have their turn. */
  rest(): Promise<void>;
}

export interface RunOptions {
  readonly document: GraphDocument;
  readonly registry: Registry;
  readonly settings: TrainingSettings;
  /** Loads the data; what it throws ends the run with a sentence. */
  readonly data: () => Promise<DataSet>;
  readonly host: RunHost;
  /** How often progress is reported: by time for people, by steps for reproducible records. */
  readonly reportEvery: { readonly milliseconds: number } | { readonly steps: number };
  readonly report: (event: RunEvent) => void;
}

/** How a run ended. */
export interface RunSummary {
  readonly phase: 'finished' | 'stopped' | 'failed';
  /** Why it failed. */
  readonly message?: string;
  readonly engine?: string;
  readonly check?: EngineCheck;
  readonly epochs: number;
  readonly steps: number;
  readonly examples: number;
  readonly seconds: number;
  readonly last?: TrainingProgress;
  /** The parameters at the end; the last good ones of a run that failed. */
  readonly parameters: ParameterValues;
  /** The running averages that go with them. */
  readonly averages: AverageValues;
}

/** How long a run computes before it lets messages in. */
const breath = 16;
const checkpointEvery = 1000;

type Control = 'running' | 'paused' | 'stopped';

/** One training run, from reading the data to the last epoch. It is started once. */
export class TrainingRun {
  readonly #options: RunOptions;
  #control: Control = 'running';
  #wake: (() => void) | undefined;
  #learningRate: number;
  #lastRest = 0;
  #lastCheckpoint = 0;
  #epoch = 0;
  #step = 0;
  #examples = 0;
  #last: TrainingProgress | undefined;
  #check: EngineCheck | undefined;
  #meter: Meter;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#learningRate = options.settings.learningRate;
    this.#meter = new Meter(options.host.now());
  }

  /** Ends with a summary whatever happens: what goes wrong is reported as phase `failed`. */
  async run(): Promise<RunSummary> {
    const { host, report } = this.#options;
    const start = host.now();
    let session: Session<unknown> | undefined;
    let learnt: Learnt = { parameters: new Map(), averages: new Map() };
    const summary = (phase: RunSummary['phase'], message?: string): RunSummary => ({
      phase,
      ...(message === undefined ? {} : { message }),
      ...(session ? { engine: session.engine.name } : {}),
      ...(this.#check ? { check: this.#check } : {}),
      ...(this.#last ? { last: this.#last } : {}),
      epochs: this.#epoch,
      steps: this.#step,
      examples: this.#examples,
      seconds: (host.now() - start) / 1000,
      ...learnt,
    });
    try {
      report({ type: 'phase', phase: 'loading' });
      const prepared = await this.#prepare();
      session = prepared.session;
      report({ type: 'phase', phase: 'running' });
      await this.#train(prepared);
      const phase = this.#control === 'stopped' ? 'stopped' : 'finished';
      if (this.#step > 0) learnt = this.#snapshot(session, phase);
      report({ type: 'phase', phase });
      return summary(phase);
    } catch (error) {
      const { message, node } = describe(error);
      if (session && this.#step > 0) learnt = this.#snapshot(session, 'failed');
      report({ type: 'phase', phase: 'failed', message, ...(node === undefined ? {} : { node }) });
      return summary('failed', message);
    } finally {
      session?.dispose();
    }
  }

  /** Halts after the current step. */
  pause(): void {
    if (this.#control === 'running') this.#control = 'paused';
  }

  resume(): void {
    if (this.#control === 'paused') this.#set('running');
  }

  stop(): void {
    this.#set('stopped');
  }

  /** From the next step on. */
  setLearningRate(learningRate: number): void {
    this.#learningRate = learningRate;
  }

  #set(control: Control): void {
    this.#control = control;
    this.#wake?.();
  }

  async #prepare(): Promise<Prepared> {
    const { document, registry, settings, host, report } = this.#options;
    const graph = trainableGraph(document, registry);
    const { train, test } = bindData(graph, await this.#options.data());
    const rule = updateRule(settings);
    const parameters = new Map(
      graph.parameters.map(({ id, initial }) => [id, rounded(initial)] as const),
    );
    const size = Math.min(settings.batchSize, train.count);
    refuseLonely(graph.lonely, size);
    const order = this.#order(train, 1);
    const batch: MiniBatch = { data: train, order, from: 0, size, draw: this.#draw() };
    const engine =
      settings.engine === 'auto'
        ? await fastestEngine(graph, rule, batch, parameters, host)
        : await startEngine(settings.engine, host);
    const session = new Session(graph, rule, engine, parameters);
    try {
      this.#check = checkEngine(graph, session, batch, parameters);
    } catch (error) {
      session.dispose();
      throw error;
    }
    report({ type: 'check', check: this.#check });
    return { graph, session, train, test };
  }

  async #train({ graph, session, train, test }: Prepared): Promise<void> {
    const { settings, host } = this.#options;
    const { epochs, batchSize } = settings;
    const batches = stretches(train.count, batchSize, graph.lonely ? 2 : 1);
    const perEpoch = batches.length;
    this.#lastRest = this.#lastCheckpoint = host.now();
    this.#meter = new Meter(host.now());
    let before: MiniBatch | undefined;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      this.#epoch = epoch;
      const order = this.#order(train, epoch);
      for (const { from, size } of batches) {
        if (!(await this.#breathe(session))) return;
        const batch = { data: train, order, from, size, draw: this.#draw() };
        const result = session.step(batch, this.#learningRate);
        if (!isFinite32(result.loss)) {
          throw this.#notFinite(graph, session, batch, before);
        }
        before = batch;
        this.#step++;
        this.#examples += size;
        this.#meter.add(result, size);
        if (this.#step % perEpoch > 0 && this.#isDue()) {
          this.#progress(session, perEpoch, this.#meter.read(host.now()));
        }
        if (host.now() - this.#lastCheckpoint >= checkpointEvery) {
          this.#snapshot(session, 'checkpoint');
        }
      }
      const trained = this.#meter.read(host.now());
      const tested = test && (await this.#evaluate(session, test));
      this.#progress(session, perEpoch, trained, tested);
      if (this.#control === 'stopped') return;
      if (epoch < epochs) this.#snapshot(session, 'checkpoint');
    }
    if (before && !isSound(session.learnt())) throw this.#notFinite(graph, session, before, before);
  }

  /** Where a step is about to begin: lets messages in, waits while paused. False: stopped. */
  async #breathe(session: Session<unknown>): Promise<boolean> {
    const { host, report } = this.#options;
    if (host.now() - this.#lastRest >= breath) {
      await host.rest();
      this.#lastRest = host.now();
    }
    if (this.#control === 'paused') {
      this.#snapshot(session, 'paused');
      report({ type: 'phase', phase: 'paused' });
      const asleep = host.now();
      while (this.#control === 'paused') {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      this.#meter.skip(host.now() - asleep);
      if (this.#control === 'running') report({ type: 'phase', phase: 'running' });
    }
    return this.#control === 'running';
  }

  /** Undefined where the run is stopped meanwhile. */
  async #evaluate(session: Session<unknown>, test: BoundData): Promise<StepResult | undefined> {
    const portions = session.evaluate(test);
    for (let next = portions.next(); ; next = portions.next()) {
      if (next.done) return next.value;
      if (!(await this.#breathe(session))) return undefined;
    }
  }

  #isDue(): boolean {
    const { reportEvery, host } = this.#options;
    return 'steps' in reportEvery
      ? this.#meter.steps >= reportEvery.steps
      : this.#meter.elapsed(host.now()) >= reportEvery.milliseconds;
  }

  #progress(
    session: Session<unknown>,
    perEpoch: number,
    trained: Measured,
    tested?: StepResult,
  ): void {
    const { settings, host, report } = this.#options;
    this.#last = {
      epoch: this.#epoch,
      epochs: settings.epochs,
      step: this.#step,
      steps: settings.epochs * perEpoch,
      stepsPerEpoch: perEpoch,
      ...trained,
      ...(tested ? { testLoss: tested.loss } : {}),
      ...(tested?.accuracy === undefined ? {} : { testAccuracy: tested.accuracy }),
      learningRate: this.#learningRate,
      engine: session.engine.name,
    };
    this.#meter = new Meter(host.now());
    report({ type: 'progress', progress: this.#last });
  }

  #snapshot(session: Session<unknown>, reason: SnapshotReason): Learnt {
    this.#lastCheckpoint = this.#options.host.now();
    let learnt = session.learnt();
    if (!isSound(learnt)) {
      // Spoilt by the very last step: the next one's loss will tell; at an end, the ones before count.
      if (reason === 'checkpoint' || reason === 'paused') return learnt;
      session.stepBack();
      learnt = session.learnt();
    }
    this.#options.report({ type: 'parameters', reason, step: this.#step, ...toReport(learnt) });
    return learnt;
  }

  #notFinite(
    graph: TrainableGraph,
    session: Session<unknown>,
    batch: MiniBatch,
    before: MiniBatch | undefined,
  ): TrainingError {
    const now: Moment = { batch, parameters: session.learnt().parameters };
    session.stepBack();
    const earlier = before && { batch: before, parameters: session.learnt().parameters };
    return notFinite(graph, this.#step + 1, now, earlier);
  }

  /** The random numbers of the step that comes next. */
  #draw(): Draw {
    return { seed: this.#options.settings.seed, step: this.#step + 1 };
  }

  /** The examples in the order of an epoch: the same for the same seed. */
  #order(data: BoundData, epoch: number): Uint32Array {
    return permutation(data.count, seededRandom(this.#options.settings.seed, `epoch ${epoch}`));
  }
}

interface Prepared {
  readonly graph: TrainableGraph;
  readonly session: Session<unknown>;
  readonly train: BoundData;
  readonly test: BoundData | undefined;
}

function rounded({ shape, data }: NdArray): NdArray {
  return { shape, data: Float64Array.from(data, Math.fround) };
}

/** As float32, in memory that the report may take with it. */
function toReport({ parameters, averages }: Learnt) {
  const packed = ({ shape, data }: NdArray) => ({
    shape: [...shape],
    data: Float32Array.from(data),
  });
  return {
    values: [...parameters].map(([node, array]) => ({ node, ...packed(array) })),
    averages: [...averages].flatMap(([node, own]) =>
      Object.entries(own).map(([attribute, array]) => ({ node, attribute, ...packed(array) })),
    ),
  };
}

function isSound({ parameters, averages }: Learnt): boolean {
  const arrays = [
    ...parameters.values(),
    ...[...averages.values()].flatMap(Object.values<NdArray>),
  ];
  return arrays.every(({ data }) => firstNotFinite(data) === undefined);
}

/** The sentence for an error, and the node concerned. */
function describe(error: unknown): { readonly message: string; readonly node?: NodeId } {
  if (error instanceof TrainingError || error instanceof GraphError) {
    const { message, node } = error;
    return node === undefined ? { message } : { message, node };
  }
  if (error instanceof DataError || error instanceof TensorError) return { message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { message: `Training ended because of an error in the program: ${reason}.` };
}

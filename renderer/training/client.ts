/** The editor's side of training: starts trainers, speaks the protocol, and tells who listens. */

import { type GraphDocument, type NodeId, nodeId, toFile } from '#graph';
import type { Registry } from '#ops';
import type { NdArray } from '#tensor';
import {
  type Ask,
  type AverageValues,
  type DatasetLocation,
  type EngineCheck,
  type EngineChoice,
  type RunPhase,
  reportSchema,
  type SnapshotReason,
  type TrainingProgress,
  type TrainingReport,
  type TrainingRequest,
  type TrainingSettings,
} from '#train';
import type { DatasetFolder, Host, HostDatasets, Trainer, Unsubscribe } from '../host/host.ts';
import type { CurveNews } from './curves.ts';
import type { KeptCheckpoint } from './runs/runs.ts';
import { TRAINING_STRINGS } from './strings.ts';

/** What training needs of the host. */
export interface TrainingHost extends Pick<Host, 'startTrainer'> {
  readonly datasets: Pick<HostDatasets, 'url'>;
}

/** What starts a run. */
export interface TrainingStart {
  readonly document: GraphDocument;
  /** Stands for the document that is open: another file, or the same opened again, has another key. */
  readonly documentKey: string;
  /** The editor's revision of that document. */
  readonly revision: number;
  readonly dataset: DatasetFolder;
  readonly settings: TrainingSettings;
  /** Whether to pause after the first step. */
  readonly single?: boolean;
  /** Where an earlier run had come to, which this one goes on from. */
  readonly checkpoint?: Uint8Array<ArrayBuffer> | undefined;
}

/** One run and what it was started from. */
export interface TrainingRun {
  readonly runId: string;
  readonly documentKey: string;
  readonly revision: number;
}

/** A run's phase; `lost` is a trainer that ended without being asked to. */
export type TrainingPhase = 'idle' | RunPhase | 'lost';

export interface TrainingState {
  readonly phase: TrainingPhase;
  /** One sentence, where there is something to say. */
  readonly message?: string | undefined;
  /** Of a trainer that is lost: what became of it, without what is left. */
  readonly why?: string;
  /** The node concerned, where there is one. */
  readonly node?: NodeId | undefined;
  /** Undefined before the first run. */
  readonly run: TrainingRun | undefined;
}

/** Trained values on their way into the document. */
export interface TrainedParameters {
  readonly run: TrainingRun;
  /**
   * `checkpoint` arrives about every second and is only kept; `stopped`, `finished`, `failed` and
   * `lost` end a run and belong in the document it was started from, if that is still open.
   */
  readonly reason: SnapshotReason | 'lost';
  /** The run's step they are from. */
  readonly step: number;
  readonly values: ReadonlyMap<NodeId, NdArray>;
  /** The running averages that go with them. */
  readonly averages: AverageValues;
}

export type TrainingEvent =
  | { readonly type: 'state'; readonly state: TrainingState }
  | { readonly type: 'engines'; readonly run: TrainingRun; readonly engines: EngineChoice }
  | { readonly type: 'check'; readonly run: TrainingRun; readonly check: EngineCheck }
  | {
      readonly type: 'report';
      readonly run: TrainingRun;
      readonly report: TrainingProgress;
      readonly news: CurveNews;
    }
  | {
      readonly type: 'checkpoint';
      readonly run: TrainingRun;
      /** Whether it is to be kept, or was only asked for. */
      readonly toKeep: boolean;
      readonly checkpoint: KeptCheckpoint;
    }
  | { readonly type: 'parameters'; readonly parameters: TrainedParameters };

/** The answer to a question about a net, of a run or without one. */
export type Insight = Extract<TrainingReport, { type: 'insight' }>;

const overPhases: ReadonlySet<TrainingPhase> = new Set([
  'idle',
  'stopped',
  'finished',
  'failed',
  'lost',
]);

/** Whether a run in this phase is over, so that another may start. */
export function isOver(phase: TrainingPhase): boolean {
  return overPhases.has(phase);
}

/**
 * Trains graphs in a trainer of the host. One run at a time: starting another abandons the one before,
 * whose results then reach nobody. A trainer that died is replaced at the next start.
 */
export class TrainingClient {
  readonly #host: TrainingHost;
  readonly #registry: Registry;
  readonly #listeners = new Set<(event: TrainingEvent) => void>();
  readonly #lookers = new Set<(insight: Insight | null) => void>();
  #trainer: Trainer | undefined;
  #starting: Promise<string | undefined> | undefined;
  #state: TrainingState = { phase: 'idle', run: undefined };
  #latest: TrainedParameters | undefined;

  constructor({ host, registry }: { readonly host: TrainingHost; readonly registry: Registry }) {
    this.#host = host;
    this.#registry = registry;
  }

  get state(): TrainingState {
    return this.#state;
  }

  /** The last values that arrived of the last run. */
  get parameters(): TrainedParameters | undefined {
    return this.#latest;
  }

  /** Calls the listener with every event, in order. */
  subscribe(listener: (event: TrainingEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls the listener with every answer about a net; with null when a trainer has ended and answers no more. */
  onInsight(listener: (insight: Insight | null) => void): Unsubscribe {
    this.#lookers.add(listener);
    return () => this.#lookers.delete(listener);
  }

  /** Starts a run; everything that goes wrong, also later, arrives as state `failed` or `lost`. */
  start(request: TrainingStart): TrainingRun {
    this.#abandon();
    const { documentKey, revision } = request;
    const run: TrainingRun = { runId: crypto.randomUUID(), documentKey, revision };
    this.#latest = undefined;
    this.#setState({ phase: 'loading', run });
    void this.#send(run, request);
    return run;
  }

  pause(): void {
    this.#control('pause');
  }

  resume(): void {
    this.#control('resume');
  }

  /** One step, then a pause. */
  step(): void {
    this.#control('step');
  }

  /** Asks for a checkpoint to look at; it arrives as an event. */
  askCheckpoint(): void {
    this.#control('checkpoint');
  }

  /** Bytes of memory that the trainer uses; null where that is not known. */
  async memory(): Promise<number | null> {
    return (await this.#trainer?.memory()) ?? null;
  }

  /** Ends the run after its current step; its parameters arrive with the reason `stopped`. */
  stop(): void {
    this.#control('stop');
  }

  setLearningRate(learningRate: number): void {
    const { run } = this.#state;
    if (run) this.#post({ type: 'setLearningRate', runId: run.runId, learningRate });
  }

  /** Opens a net to questions without a run, under a name of its own; a sentence where no trainer can be had. */
  async look(
    runId: string,
    start: Omit<TrainingStart, 'documentKey' | 'revision'>,
  ): Promise<string | undefined> {
    const refusal = await this.#ensureTrainer();
    if (refusal === undefined) this.#post({ type: 'look', runId, ...this.#subject(start) });
    return refusal;
  }

  /** Asks about the net of a run or look; the answer arrives as an event. */
  inspect(runId: string, askId: number, ask: Ask): void {
    this.#post({ type: 'inspect', runId, askId, ask });
  }

  /** Ends the trainer at once; a run under way is abandoned. */
  async dispose(): Promise<void> {
    const trainer = this.#trainer;
    this.#trainer = undefined;
    this.#setState({ phase: 'idle', run: undefined });
    await trainer?.stop();
  }

  async #send(run: TrainingRun, request: TrainingStart): Promise<void> {
    const refusal = await this.#ensureTrainer();
    if (!this.#isCurrent(run)) return;
    if (refusal !== undefined) {
      this.#setState({ phase: 'failed', message: refusal, run });
      return;
    }
    const { single, checkpoint } = request;
    this.#post({
      type: 'start',
      runId: run.runId,
      ...this.#subject(request),
      single,
      checkpoint,
    });
  }

  /** What a trainer has to know of a net and its data. */
  #subject({ document, dataset, settings }: Omit<TrainingStart, 'documentKey' | 'revision'>) {
    const location: DatasetLocation = {
      name: dataset.name,
      files: dataset.files.map(({ name, size }) => ({
        name,
        size,
        url: this.#host.datasets.url(dataset.ref, name),
      })),
    };
    return { document: toFile(document, this.#registry), dataset: location, settings };
  }

  /** Resolves to a sentence where no trainer can be had. */
  #ensureTrainer(): Promise<string | undefined> {
    if (this.#trainer) return Promise.resolve(undefined);
    // Two starts in quick succession wait for the same trainer.
    this.#starting ??= this.#startTrainer().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startTrainer(): Promise<string | undefined> {
    const outcome = await this.#host.startTrainer();
    if (!outcome.ok) return outcome.message;
    const trainer = outcome.value;
    this.#trainer = trainer;
    trainer.port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#trainer === trainer) this.#receive(data);
    };
    trainer.onExit(({ message }) => {
      if (this.#trainer !== trainer) return;
      this.#trainer = undefined;
      for (const listener of [...this.#lookers]) listener(null);
      this.#lost(message);
    });
    return undefined;
  }

  #receive(data: unknown): void {
    const { run } = this.#state;
    const parsed = reportSchema.safeParse(data);
    const report = parsed.data;
    if (report?.type === 'insight') {
      for (const listener of [...this.#lookers]) listener(report);
      return;
    }
    if (!run || isOver(this.#state.phase)) return;
    if (!report) {
      this.#abandon();
      this.#setState({ phase: 'failed', message: TRAINING_STRINGS.badReport, run });
      return;
    }
    if (report.runId === run.runId) this.#take(run, report);
  }

  #take(run: TrainingRun, report: Exclude<TrainingReport, Insight>): void {
    switch (report.type) {
      case 'phase': {
        const node = report.node === undefined ? undefined : nodeId(report.node);
        this.#setState({ phase: report.phase, message: report.message, node, run });
        break;
      }
      case 'engines':
        this.#tell({ type: 'engines', run, engines: report.engines });
        break;
      case 'check':
        this.#tell({ type: 'check', run, check: report.check });
        break;
      case 'progress':
        this.#tell({ type: 'report', run, report: report.progress, news: report });
        break;
      case 'checkpoint': {
        const { step, engine, bytes, reason } = report;
        const checkpoint = { step, engine, bytes };
        this.#tell({ type: 'checkpoint', run, toKeep: reason === 'kept', checkpoint });
        break;
      }
      case 'parameters': {
        const { reason, step } = report;
        this.#latest = { run, reason, step, ...arraysOf(report) };
        this.#tell({ type: 'parameters', parameters: this.#latest });
        break;
      }
    }
  }

  #lost(message: string): void {
    const { run, phase } = this.#state;
    if (!run || isOver(phase)) return;
    const latest = this.#latest;
    const lost = TRAINING_STRINGS.lost(message, latest?.step);
    this.#setState({ phase: 'lost', message: lost, why: message, run });
    // Whoever heard of it may have started another run by now.
    if (latest && this.#state.phase === 'lost') {
      this.#latest = { ...latest, reason: 'lost' };
      this.#tell({ type: 'parameters', parameters: this.#latest });
    }
  }

  /** From here on nothing of the run under way reaches anybody. */
  #abandon(): void {
    const { run, phase } = this.#state;
    if (run && !isOver(phase)) this.#post({ type: 'stop', runId: run.runId });
  }

  #control(type: 'pause' | 'resume' | 'step' | 'checkpoint' | 'stop'): void {
    const { run, phase } = this.#state;
    if (!run || isOver(phase)) return;
    if (this.#trainer) this.#post({ type, runId: run.runId });
    // Still waiting for the trainer: there is nothing to stop but the start.
    else if (type === 'stop') this.#setState({ phase: 'stopped', run });
  }

  #isCurrent(run: TrainingRun): boolean {
    return this.#state.run?.runId === run.runId && !isOver(this.#state.phase);
  }

  #post(request: TrainingRequest): void {
    this.#trainer?.port.postMessage(request);
  }

  #setState(state: TrainingState): void {
    this.#state = state;
    this.#tell({ type: 'state', state });
  }

  #tell(event: TrainingEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

function arraysOf({
  values,
  averages,
}: Extract<TrainingReport, { type: 'parameters' }>): Pick<
  TrainedParameters,
  'values' | 'averages'
> {
  const arrays = new Map<NodeId, NdArray>();
  for (const { node, shape, data } of values) {
    arrays.set(nodeId(node), { shape, data: Float64Array.from(data) });
  }
  const running = new Map<NodeId, Readonly<Record<string, NdArray>>>();
  for (const { node, attribute, shape, data } of averages) {
    const id = nodeId(node);
    running.set(id, {
      ...running.get(id),
      [attribute]: { shape, data: Float64Array.from(data) },
    });
  }
  return { values: arrays, averages: running };
}

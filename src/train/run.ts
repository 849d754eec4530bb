import { permutation, seededRandom } from '#tensor';
import { type MiniBatch, stretches } from './batches.ts';
import { type BoundData, bindData } from './binding.ts';
import { checkEngine } from './check.ts';
import { fastestEngine, startEngine } from './engines.ts';
import { EpochWatch, type Kept } from './epochs.ts';
import { describeFailure, type TrainingError } from './errors.ts';
import { isFinite32 } from './float32.ts';
import { type TrainableGraph, trainableGraph } from './graph.ts';
import { Inspector } from './insight/inspector.ts';
import type { Ask } from './insight/messages.ts';
import { InsightService } from './insight/service.ts';
import { isSound, type Learnt, nothingLearnt, packed, rounded } from './learnt.ts';
import type { Draw } from './masks.ts';
import { type Measured, Meter } from './meter.ts';
import { refuseLonely } from './modes.ts';
import { type Moment, notFinite } from './not-finite.ts';
import type { EngineCheck, SnapshotReason, TrainingProgress } from './protocol.ts';
import type { RunOptions, RunSummary } from './run-options.ts';
import { rateFactor } from './schedule.ts';
import { Session, type StepResult } from './session.ts';
import { updateRule } from './update.ts';

/** How long a run computes before it lets messages in. */
const breath = 16;
const checkpointEvery = 1000;

type Control = 'running' | 'paused' | 'stopped';

/** One training run, from reading the data to the last epoch. It is started once. */
export class TrainingRun {
  readonly #options: RunOptions;
  #control: Control = 'running';
  #wake: (() => void) | undefined;
  /** As it was set; the schedule makes `rate` of it, step by step. */
  #learningRate: number;
  #rate: number;
  #lastRest = 0;
  #lastCheckpoint = 0;
  #epoch = 0;
  #step = 0;
  #examples = 0;
  #last: TrainingProgress | undefined;
  #check: EngineCheck | undefined;
  #meter: Meter;
  readonly #epochs: EpochWatch;
  readonly #insight: InsightService;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#insight = new InsightService({
      now: () => options.host.now(),
      told: (told) => options.report({ type: 'insight', ...told }),
    });
    this.#learningRate = this.#rate = options.settings.learningRate;
    this.#meter = new Meter(options.host.now());
    this.#epochs = new EpochWatch(options.settings);
  }

  /** Ends with a summary whatever happens: what goes wrong is reported as phase `failed`. */
  async run(): Promise<RunSummary> {
    const { host, report } = this.#options;
    const start = host.now();
    let session: Session<unknown> | undefined;
    let best: Kept | undefined;
    let learnt = nothingLearnt;
    const summary = (phase: RunSummary['phase'], message?: string): RunSummary => ({
      phase,
      ...(message === undefined ? {} : { message }),
      ...(session ? { engine: session.engine.name } : {}),
      ...(this.#check ? { check: this.#check } : {}),
      ...(this.#last ? { last: this.#last } : {}),
      ...(best ? { best: best.progress } : {}),
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
      const early = await this.#train(prepared);
      const phase = this.#control === 'stopped' ? 'stopped' : 'finished';
      best = phase === 'finished' ? this.#epochs.best : undefined;
      if (best) learnt = this.#send('finished', best.progress.step, best.learnt);
      else if (this.#step > 0) learnt = await this.#snapshot(session, phase);
      const message = best && early ? this.#earlyEnd(best) : undefined;
      report({ type: 'phase', phase, ...(message === undefined ? {} : { message }) });
      return summary(phase, message);
    } catch (error) {
      const { message, node } = describeFailure(error);
      if (session && this.#step > 0) learnt = await this.#snapshot(session, 'failed');
      report({ type: 'phase', phase: 'failed', message, ...(node === undefined ? {} : { node }) });
      return summary('failed', message);
    } finally {
      await this.#insight.close();
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

  /** A question about the net, answered between steps. */
  inspect(askId: number, ask: Ask): void {
    this.#insight.ask(askId, ask);
    this.#wake?.();
  }

  #set(control: Control): void {
    this.#control = control;
    this.#wake?.();
  }

  async #prepare(): Promise<Prepared> {
    const { document, registry, settings, host, report } = this.#options;
    const graph = trainableGraph(document, registry);
    const data = await this.#options.data();
    const { train, test } = bindData(graph, data);
    const rule = updateRule(settings);
    const parameters = new Map(
      graph.parameters.map(({ id, initial }) => [id, rounded(initial)] as const),
    );
    const size = Math.min(settings.batchSize, train.count);
    refuseLonely(graph.lonely, size);
    const order = this.#order(train, 1);
    const first = train.inEpoch(1);
    const batch: MiniBatch = { data: first, order, from: 0, size, draw: this.#draw() };
    const engine =
      settings.engine === 'auto'
        ? await fastestEngine(graph, rule, batch, parameters, host)
        : await startEngine(settings.engine, host);
    const session = new Session(graph, rule, engine, parameters);
    try {
      this.#check = await checkEngine(graph, session, batch, parameters);
    } catch (error) {
      session.dispose();
      throw error;
    }
    report({ type: 'check', check: this.#check });
    const { batchSize } = settings;
    this.#insight.open(new Inspector({ graph, engine, data, parts: { train, test }, batchSize }));
    return { graph, session, train, test };
  }

  /** True: there was no more to hope for before the last epoch. */
  async #train({ graph, session, train, test }: Prepared): Promise<boolean> {
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
      const data = train.inEpoch(epoch);
      for (const { from, size } of batches) {
        if (!(await this.#breathe(session))) return false;
        this.#rate = this.#rateAt(perEpoch);
        const batch = { data, order, from, size, draw: this.#draw() };
        const result = await session.step(batch, this.#rate);
        if (!isFinite32(result.loss)) {
          throw await this.#notFinite(graph, session, batch, before);
        }
        before = batch;
        this.#step++;
        this.#examples += size;
        this.#meter.add(result, size);
        if (this.#step % perEpoch > 0 && this.#isDue()) {
          this.#progress(session, perEpoch, this.#meter.read(host.now()));
        }
        if (host.now() - this.#lastCheckpoint >= checkpointEvery) {
          await this.#snapshot(session, 'checkpoint');
        }
      }
      const trained = this.#meter.read(host.now());
      const tested = test && (await this.#evaluate(session, test));
      const progress = this.#progress(session, perEpoch, trained, tested);
      if (this.#control === 'stopped') return false;
      if (await this.#epochs.take(progress, () => session.learnt())) return true;
      if (epoch < epochs) await this.#snapshot(session, 'checkpoint');
    }
    if (before && !isSound(await session.learnt())) {
      throw await this.#notFinite(graph, session, before, before);
    }
    return false;
  }

  /** Where a step is about to begin: lets messages in, waits while paused. False: stopped. */
  async #breathe(session: Session<unknown>): Promise<boolean> {
    const { host, report } = this.#options;
    const learnt = () => session.learnt();
    if (host.now() - this.#lastRest >= breath) {
      await host.rest();
      this.#lastRest = host.now();
    }
    await this.#insight.turn(this.#step, learnt, false);
    if (this.#control === 'paused') {
      await this.#snapshot(session, 'paused');
      report({ type: 'phase', phase: 'paused' });
      const asleep = host.now();
      while (this.#control === 'paused') {
        if (!this.#insight.idle) {
          await this.#insight.turn(this.#step, learnt, true);
          await host.rest();
          continue;
        }
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
    for (let next = await portions.next(); ; next = await portions.next()) {
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
  ): TrainingProgress {
    const { settings, host, report } = this.#options;
    const progress: TrainingProgress = {
      epoch: this.#epoch,
      epochs: settings.epochs,
      step: this.#step,
      steps: settings.epochs * perEpoch,
      stepsPerEpoch: perEpoch,
      ...trained,
      ...(tested ? { testLoss: tested.loss } : {}),
      ...(tested?.accuracy === undefined ? {} : { testAccuracy: tested.accuracy }),
      learningRate: this.#rate,
      engine: session.engine.name,
    };
    this.#last = progress;
    this.#meter = new Meter(host.now());
    report({ type: 'progress', progress });
    return progress;
  }

  async #snapshot(session: Session<unknown>, reason: SnapshotReason): Promise<Learnt> {
    this.#lastCheckpoint = this.#options.host.now();
    let learnt = await session.learnt();
    if (!isSound(learnt)) {
      // Spoilt by the very last step: the next one's loss will tell; at an end, the ones before count.
      if (reason === 'checkpoint' || reason === 'paused') return learnt;
      session.stepBack();
      learnt = await session.learnt();
    }
    return this.#send(reason, this.#step, learnt);
  }

  #send(reason: SnapshotReason, step: number, learnt: Learnt): Learnt {
    this.#options.report({ type: 'parameters', reason, step, ...packed(learnt) });
    return learnt;
  }

  #earlyEnd({ progress: { epoch, testLoss } }: Kept): string {
    const { patience } = this.#options.settings;
    const loss = testLoss === undefined ? 'training loss' : 'test loss';
    return `The ${loss} had not improved for ${patience} ${patience === 1 ? 'epoch' : 'epochs'}; the parameters of epoch ${epoch} are kept.`;
  }

  async #notFinite(
    graph: TrainableGraph,
    session: Session<unknown>,
    batch: MiniBatch,
    before: MiniBatch | undefined,
  ): Promise<TrainingError> {
    const now: Moment = { batch, parameters: (await session.learnt()).parameters };
    session.stepBack();
    const earlier = before && {
      batch: before,
      parameters: (await session.learnt()).parameters,
    };
    return notFinite(graph, this.#step + 1, now, earlier);
  }

  /** The learning rate of the step that comes next. */
  #rateAt(stepsPerEpoch: number): number {
    const { settings } = this.#options;
    const steps = settings.epochs * stepsPerEpoch;
    const { plateaus } = this.#epochs;
    return (
      this.#learningRate *
      rateFactor(settings, { step: this.#step, stepsPerEpoch, steps, plateaus })
    );
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

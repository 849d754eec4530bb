import { permutation, seededRandom } from '#tensor';
import { type Examples, type MiniBatch, stretches } from './batches.ts';
import type { BoundData } from './binding.ts';
import { type Checkpoint, encodeCheckpoint } from './checkpoint.ts';
import { EpochWatch, type Kept } from './epochs.ts';
import { describeFailure, type TrainingError } from './errors.ts';
import { firstNotFinite, isFinite32 } from './float32.ts';
import type { Ask } from './insight/messages.ts';
import { InsightService } from './insight/service.ts';
import { isSound, type Learnt, learntOf, nothingLearnt, packed, storedLearnt } from './learnt.ts';
import type { Draw } from './masks.ts';
import { Meter, Stopwatch } from './meter.ts';
import { measureNorms } from './norms.ts';
import { type Moment, notFinite } from './not-finite.ts';
import { Pace } from './pace.ts';
import { type AtWork, type Prepared, prepare } from './prepare.ts';
import type { EngineCheck, SnapshotReason, TrainingSettings } from './protocol.ts';
import { Regularly } from './regularly.ts';
import { named, type Position, Reporting } from './reporting.ts';
import type { RunOptions, RunSummary } from './run-options.ts';
import { rateFactor } from './schedule.ts';
import type { StepResult, TrainingSession } from './session.ts';

/** Milliseconds between two snapshots of the parameters. */
const snapshotEvery = 1000;
/** Epochs that are shorter share a snapshot and a report, where reports come by time. */
const shortEpoch = 200;
/** At the end of an epoch a checkpoint may come so much earlier. */
const endShare = 0.25;

/** One training run, from reading the data to the last epoch. It is started once. */
export class TrainingRun {
  readonly #options: RunOptions;
  readonly #settings: TrainingSettings;
  readonly #pace: Pace;
  readonly #epochs: EpochWatch;
  readonly #insight: InsightService;
  /** As it was set; the schedule makes `rate` of it, step by step. */
  #learningRate: number;
  #rate: number;

  /** The epoch under way, how many of its mini-batches are done, and what all of them come to. */
  #epoch: number;
  #batch: number;
  #step: number;
  #examples: number;
  /** Seconds that earlier processes have put in. */
  readonly #before: number;

  readonly #reporting: Reporting;
  /** Since the start of the epoch. */
  readonly #trained: Meter;
  #check: EngineCheck | undefined;

  /** Time at work. */
  readonly #work: Stopwatch;
  readonly #sinceSnapshot: Stopwatch;
  readonly #keeping: Regularly;
  #steps = 0;
  /** Mini-batches of an epoch. */
  #perEpoch = 1;
  #asked = false;

  constructor(options: RunOptions) {
    const { checkpoint, settings, host } = options;
    const { learningRate, epochs, patience } = settings;
    this.#options = options;
    this.#settings = checkpoint
      ? { ...checkpoint.settings, learningRate, epochs, patience }
      : settings;
    this.#pace = new Pace(host, options.single ?? false);
    this.#learningRate = this.#rate = learningRate;
    this.#epoch = checkpoint?.epoch ?? 1;
    this.#batch = checkpoint?.batch ?? 0;
    this.#step = checkpoint?.step ?? 0;
    this.#examples = checkpoint?.examples ?? 0;
    this.#before = checkpoint?.seconds ?? 0;
    this.#reporting = new Reporting(options, checkpoint);
    this.#trained = new Meter(checkpoint?.trained);
    this.#epochs = new EpochWatch(this.#settings, checkpoint?.epochs);
    this.#insight = new InsightService({
      now: () => host.now(),
      told: (told) => options.report({ type: 'insight', ...told }),
    });
    const now = () => host.now();
    this.#work = new Stopwatch(now);
    this.#sinceSnapshot = new Stopwatch(now);
    this.#keeping = new Regularly(now, options.keepEvery ?? Number.POSITIVE_INFINITY);
  }

  /** Ends with a summary whatever happens: what goes wrong is reported as phase `failed`. */
  async run(): Promise<RunSummary> {
    const { report } = this.#options;
    let prepared: Prepared | undefined;
    let best: Kept | undefined;
    let learnt = nothingLearnt;
    const summary = (phase: RunSummary['phase'], message?: string): RunSummary => ({
      phase,
      ...(message === undefined ? {} : { message }),
      ...(prepared ? { engine: prepared.session.engine.name } : {}),
      ...(this.#check ? { check: this.#check } : {}),
      ...(this.#reporting.last ? { last: this.#reporting.last } : {}),
      ...(best ? { best: best.progress } : {}),
      epochs: this.#batch > 0 ? this.#epoch : this.#epoch - 1,
      steps: this.#step,
      examples: this.#examples,
      seconds: this.#seconds,
      ...learnt,
    });
    try {
      report({ type: 'phase', phase: 'loading' });
      prepared = await prepare(this.#options, this.#settings, {
        first: (train, size) => ({
          data: train.inEpoch(1),
          order: this.#order(train, 1),
          from: 0,
          size,
          draw: this.#draw(),
        }),
        took: (atWork) => this.#take(atWork),
      });
      this.#begin();
      const { notice } = prepared;
      report({ type: 'phase', phase: 'running', ...(notice ? { message: notice } : {}) });
      const early = await this.#train(prepared);
      const phase = this.#pace.stopped ? 'stopped' : 'finished';
      if (phase === 'stopped' && this.#reporting.hasSteps) this.#report(prepared.session);
      await this.#keep(prepared);
      best = phase === 'finished' ? this.#epochs.best : undefined;
      if (phase === 'finished') best = await this.#finalTest(prepared, best);
      if (best) learnt = this.#send('finished', best.progress.step, best.learnt);
      else if (this.#step > 0) learnt = await this.#snapshot(prepared.session, phase);
      const message = best && early ? this.#earlyEnd(best) : undefined;
      report({ type: 'phase', phase, ...(message === undefined ? {} : { message }) });
      return summary(phase, message);
    } catch (error) {
      const { message, node } = describeFailure(error);
      if (prepared && this.#step > 0) learnt = await this.#snapshot(prepared.session, 'failed');
      report({ type: 'phase', phase: 'failed', message, ...(node === undefined ? {} : { node }) });
      return summary('failed', message);
    } finally {
      await this.#insight.close();
      prepared?.session.dispose();
    }
  }

  /** Halts after the current step. */
  pause(): void {
    this.#pace.pause();
  }

  resume(): void {
    this.#pace.resume();
  }

  /** One step, then a halt. */
  step(): void {
    this.#pace.step();
  }

  stop(): void {
    this.#pace.stop();
  }

  /** From the next step on. */
  setLearningRate(learningRate: number): void {
    this.#learningRate = learningRate;
  }

  /** A question about the net, answered between steps. */
  inspect(askId: number, ask: Ask): void {
    this.#insight.ask(askId, ask);
    this.#pace.wake();
  }

  /** Reports a checkpoint, only to be looked at, after the current step. */
  askCheckpoint(): void {
    this.#asked = true;
  }

  /** An engine has begun its work. */
  #take({ engines, check, inspector }: AtWork): void {
    const { report } = this.#options;
    this.#check = check;
    report({ type: 'engines', engines });
    report({ type: 'check', check });
    this.#insight.open(inspector);
  }

  #begin(): void {
    const { checkpoint } = this.#options;
    if (checkpoint?.best && this.#settings.patience !== null) {
      this.#epochs.best = {
        progress: checkpoint.best,
        learnt: learntOf(checkpoint.bestState),
      };
    }
    for (const watch of this.#watches) watch.restart();
  }

  /** True: there was no more to hope for before the last epoch. */
  async #train(prepared: Prepared): Promise<boolean> {
    const { graph, train } = prepared;
    const { epochs, batchSize } = this.#settings;
    const batches = stretches(train.count, batchSize, graph.lonely ? 2 : 1);
    this.#perEpoch = batches.length;
    if (!this.#options.checkpoint) await this.#keep(prepared);
    let before: MiniBatch | undefined;
    while (this.#epoch <= epochs) {
      const order = this.#order(train, this.#epoch);
      const data = train.inEpoch(this.#epoch);
      for (let next = batches[this.#batch]; next; next = batches[this.#batch]) {
        const clear = this.#pace.clear && this.#insight.idle;
        if (!clear && !(await this.#breathe(prepared))) return false;
        before = await this.#trainOn(prepared, { data, order, ...next }, before);
      }
      const early = await this.#endEpoch(prepared);
      if (this.#pace.stopped) return false;
      if (early) return true;
    }
    if (before && !isSound(await prepared.session.learnt())) {
      throw await this.#notFinite(prepared, before, before);
    }
    return false;
  }

  /** One step, and what is due after it. Gives the mini-batch. */
  async #trainOn(
    prepared: Prepared,
    stretch: Examples,
    before: MiniBatch | undefined,
  ): Promise<MiniBatch> {
    const { session } = prepared;
    const { size } = stretch;
    const batch = { ...stretch, draw: this.#draw() };
    const isLast = this.#batch === this.#perEpoch - 1;
    if (isLast && !this.#reporting.byTime) await this.#measure(prepared, batch);
    this.#rate = this.#rateAt();
    const result = await session.step(batch, this.#rate);
    if (!isFinite32(result.loss)) throw await this.#notFinite(prepared, batch, before);
    this.#count(result, size);
    if (!isLast) {
      if (this.#reporting.isDue) this.#report(session);
      await this.#keepWhenDue(prepared);
      this.#pace.stepped();
    }
    if (this.#sinceSnapshot.elapsed >= snapshotEvery) await this.#snapshot(session, 'checkpoint');
    return batch;
  }

  #count(result: StepResult, size: number): void {
    this.#step++;
    this.#steps++;
    this.#batch++;
    this.#examples += size;
    this.#trained.add(result, size);
    const place = { step: this.#step, steps: this.#allSteps, learningRate: this.#rate };
    this.#reporting.count(result, size, place);
  }

  /** Looks at the sets that are not trained on. True: no better loss for as long as one has patience. */
  async #endEpoch(prepared: Prepared): Promise<boolean> {
    const { session, validation, test } = prepared;
    const { epochs } = this.#settings;
    const validated = validation && (await this.#evaluate(prepared, validation));
    // With a validation set to go by, the test set is kept for the end.
    const tested = test && !validation ? await this.#evaluate(prepared, test) : undefined;
    const found = { ...named('validation', validated), ...named('test', tested) };
    if (this.#pace.stopped) return false;
    if (validated || tested) this.#reporting.evaluated({ step: this.#step, ...found });
    const { loss: trained } = this.#trained.mean();
    const progress = this.#reporting.progress(this.#position, session.engine, found);
    const isLast = this.#epoch === epochs;
    const single = this.#pace.stepped();
    const due = !this.#reporting.byTime || single || this.#reporting.elapsed >= shortEpoch;
    const early = await this.#epochs.take(progress, trained, () => session.learnt());
    if (due || isLast || early) this.#reporting.report(progress);
    this.#trained.reset();
    this.#epoch++;
    this.#batch = 0;
    if (isLast || early) return early;
    if (!this.#reporting.byTime || this.#sinceSnapshot.elapsed >= shortEpoch) {
      await this.#snapshot(session, 'checkpoint');
    }
    await this.#keepWhenDue(prepared, endShare);
    return false;
  }

  /** Where a step is about to begin: lets messages in, waits while paused. False: stopped. */
  #breathe(prepared: Prepared): Promise<boolean> {
    const { report } = this.#options;
    return this.#pace.breathe({
      halted: async () => {
        if (this.#reporting.hasSteps) this.#report(prepared.session);
        await this.#snapshot(prepared.session, 'paused');
        await this.#keep(prepared);
        report({ type: 'phase', phase: 'paused' });
      },
      between: async (halted) => {
        await this.#insight.turn(this.#step, () => prepared.session.learnt(), halted);
        return !this.#insight.idle;
      },
      woken: (milliseconds, on) => {
        for (const watch of this.#watches) watch.skip(milliseconds);
        if (on) report({ type: 'phase', phase: 'running' });
      },
    });
  }

  /** Undefined where the run is stopped meanwhile. */
  async #evaluate(prepared: Prepared, data: BoundData): Promise<StepResult | undefined> {
    const start = this.#work.elapsed;
    const portions = prepared.session.evaluate(data);
    for (let next = await portions.next(); ; next = await portions.next()) {
      if (next.done) {
        this.#reporting.skip(this.#work.elapsed - start);
        return next.value;
      }
      if (!(await this.#breathe(prepared))) return undefined;
    }
  }

  /** Where validation decided, the test set is looked at once, with the parameters that are kept. */
  async #finalTest(
    { session, validation, test }: Prepared,
    best: Kept | undefined,
  ): Promise<Kept | undefined> {
    const { last } = this.#reporting;
    if (!validation || !test || !last) return best;
    const { steps } = await session.state();
    if (best) session.restore({ steps, tensors: storedLearnt(best.learnt) });
    const portions = session.evaluate(test);
    let next = await portions.next();
    while (!next.done) next = await portions.next();
    const found = named('test', next.value);
    this.#reporting.evaluated({ step: best?.progress.step ?? this.#step, ...found });
    this.#reporting.report({ ...last, ...found });
    return best && { ...best, progress: { ...best.progress, ...found } };
  }

  get #allSteps(): number {
    return this.#settings.epochs * this.#perEpoch;
  }

  get #watches(): readonly Stopwatch[] {
    return [this.#work, this.#sinceSnapshot, ...this.#reporting.watches];
  }

  get #seconds(): number {
    return this.#before + this.#work.elapsed / 1000;
  }

  get #position(): Position {
    const steps = this.#allSteps;
    const perStep = this.#work.elapsed / Math.max(1, this.#steps);
    return {
      epoch: this.#epoch,
      epochs: this.#settings.epochs,
      step: this.#step,
      steps,
      stepsPerEpoch: this.#perEpoch,
      learningRate: this.#rate,
      secondsLeft: ((steps - this.#step) * perStep) / 1000,
    };
  }

  #report({ engine }: TrainingSession): void {
    this.#reporting.report(this.#reporting.progress(this.#position, engine));
  }

  /** Norms for the record, where nobody looks into the net: on the parameters that the step is about to meet. */
  async #measure({ graph, session }: Prepared, batch: MiniBatch): Promise<void> {
    const norms = await measureNorms(graph, session, batch, this.#step + 1);
    if (norms) this.#options.report({ type: 'norms', norms });
  }

  async #snapshot(session: TrainingSession, reason: SnapshotReason): Promise<Learnt> {
    this.#sinceSnapshot.restart();
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

  async #keepWhenDue(prepared: Prepared, share = 1): Promise<void> {
    if (this.#keeping.isDue(share)) await this.#keep(prepared);
    else if (this.#asked) await this.#reportCheckpoint(prepared, 'asked');
  }

  /** A checkpoint to be kept, where this run has a place for them. */
  async #keep(prepared: Prepared): Promise<void> {
    if (this.#options.keepEvery === undefined) return;
    // Who goes on from there has to have seen all that came before.
    const { byTime, hasPoints, last } = this.#reporting;
    if (byTime && hasPoints) {
      if (last?.step === this.#step) this.#reporting.report(last);
      else this.#report(prepared.session);
    }
    await this.#keeping.do(() => this.#reportCheckpoint(prepared, 'kept'));
  }

  async #reportCheckpoint(prepared: Prepared, reason: 'asked' | 'kept'): Promise<void> {
    this.#asked = false;
    const checkpoint = await this.#checkpoint(prepared);
    // Spoilt by the very last step: the one before is still there.
    if ([...checkpoint.state.values()].some(({ data }) => firstNotFinite(data) !== undefined))
      return;
    const { step, engine } = checkpoint;
    const bytes = encodeCheckpoint(checkpoint);
    this.#options.report({ type: 'checkpoint', step, engine, reason, bytes });
  }

  async #checkpoint({ session, marks }: Prepared): Promise<Checkpoint> {
    const { steps, tensors } = await session.state();
    const { best } = this.#epochs;
    return {
      engine: session.engine.name,
      settings: this.#settings,
      learningRate: this.#learningRate,
      ...marks,
      epoch: this.#epoch,
      batch: this.#batch,
      step: this.#step,
      optimizerSteps: steps,
      examples: this.#examples,
      seconds: this.#seconds,
      point: this.#reporting.point,
      trained: this.#trained.state,
      epochs: this.#epochs.state,
      last: this.#reporting.last ?? null,
      best: best?.progress ?? null,
      state: tensors,
      bestState: best ? storedLearnt(best.learnt) : new Map(),
    };
  }

  #earlyEnd({ progress: { epoch, validationLoss, testLoss } }: Kept): string {
    const { patience } = this.#settings;
    const loss =
      validationLoss !== undefined ? 'validation' : testLoss !== undefined ? 'test' : 'training';
    return `The ${loss} loss had not improved for ${patience} ${patience === 1 ? 'epoch' : 'epochs'}; the parameters of epoch ${epoch} are kept.`;
  }

  async #notFinite(
    { graph, session }: Prepared,
    batch: MiniBatch,
    before: MiniBatch | undefined,
  ): Promise<TrainingError> {
    const { parameters } = await session.learnt();
    const now: Moment = { batch, parameters };
    session.stepBack();
    const earlier = before && {
      batch: before,
      parameters: (await session.learnt()).parameters,
    };
    return notFinite(graph, this.#step + 1, now, earlier);
  }

  /** The learning rate of the step that comes next. */
  #rateAt(): number {
    const { plateaus } = this.#epochs;
    const position = {
      step: this.#step,
      stepsPerEpoch: this.#perEpoch,
      steps: this.#allSteps,
      plateaus,
    };
    return this.#learningRate * rateFactor(this.#settings, position);
  }

  /** The random numbers of the step that comes next. */
  #draw(): Draw {
    return { seed: this.#settings.seed, step: this.#step + 1 };
  }

  /** The examples in the order of an epoch: the same for the same seed. */
  #order({ count }: BoundData, epoch: number): Uint32Array {
    const { shuffle, seed } = this.#settings;
    if (!shuffle) return Uint32Array.from({ length: count }, (_, at) => at);
    return permutation(count, seededRandom(seed, `epoch ${epoch}`));
  }
}

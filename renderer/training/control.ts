import { createStore, type StoreApi } from 'zustand';
import { defaultTraining, type Training } from '#graph';
import {
  type Checkpoint,
  checkpointLearnt,
  decodeCheckpoint,
  type EngineCheck,
  type EngineChoice,
  type EngineName,
  parameterEdits,
  type TrainingProgress,
  type TrainingSettings,
} from '#train';
import { shownName } from '../app/shown-name.ts';
import type { CommandId, DatasetFolder, Host, Unsubscribe } from '../host/index.ts';
import type { EditorApi } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { runs as runText } from '../strings/en-runs.ts';
import { keepAutoResume, rememberedAutoResume } from './auto-resume.ts';
import {
  isOver,
  type TrainedParameters,
  TrainingClient,
  type TrainingEvent,
  type TrainingStart,
  type TrainingState,
} from './client.ts';
import { type Curves, emptyCurves, withReport } from './curves.ts';
import { DataChoice } from './data-choice.ts';
import { RunKeeper } from './runs/keeper.ts';
import type { RunRecord } from './runs/record.ts';
import { hasMore, isSameCourse, resumedSettings } from './runs/resuming.ts';
import { type KeptCheckpoint, Runs } from './runs/runs.ts';
import { Looker, type Subject } from './views/looker.ts';

export interface TrainingView {
  readonly run: TrainingState;
  readonly datasets: readonly DatasetFolder[];
  readonly dataset: DatasetFolder | undefined;
  readonly engine: EngineName;
  readonly report: TrainingProgress | undefined;
  readonly check: EngineCheck | undefined;
  readonly engines: EngineChoice | undefined;
  readonly curves: Curves;
  /** Why the data could not be had, or what became of a run that ended late. */
  readonly notice: string | undefined;
  /** How a run came to go on by itself; stays until it ends. */
  readonly revived: string | undefined;
  /** Bytes of memory that the trainer uses; null where that is not known. */
  readonly memory: number | null;
  /** Whether a run whose trainer is lost goes on by itself. */
  readonly autoResume: boolean;
  /** The newest checkpoint of the last run, to look at. */
  readonly checkpoint: KeptCheckpoint | undefined;
}

const beforeRun = {
  report: undefined,
  check: undefined,
  engines: undefined,
  curves: emptyCurves,
  notice: undefined,
  revived: undefined,
  memory: null,
  checkpoint: undefined,
};

/** A run that is lost so often without coming any further is given up. */
const mostRevivals = 3;
const memoryEvery = 2000;

/** The training workspace's state: what is chosen, how the run goes, and what it leaves behind. */
export class TrainingControl {
  readonly view: StoreApi<TrainingView>;
  readonly data: DataChoice;
  readonly looker: Looker;
  readonly runs: Runs;
  readonly #keeper: RunKeeper;
  /** What the last run was started with. */
  #request: TrainingStart | undefined;
  /** Where the trainer was lost last, and how often it was there. */
  #losses = { step: -1, count: 0 };
  #askingMemory: ReturnType<typeof setInterval> | undefined;
  readonly #store: EditorApi;
  readonly #host: Host;
  readonly #client: TrainingClient;

  constructor(store: EditorApi, host: Host) {
    this.#store = store;
    this.#host = host;
    this.#client = new TrainingClient({ host, registry: store.getState().registry });
    this.view = createStore<TrainingView>()(() => ({
      run: this.#client.state,
      datasets: [],
      dataset: undefined,
      engine: 'auto',
      autoResume: rememberedAutoResume(),
      ...beforeRun,
    }));
    this.data = new DataChoice({
      host,
      view: this.view,
      settings: () => this.settings().data,
      change: (data) => this.change({ data }),
    });
    this.runs = new Runs(host.runs);
    this.#keeper = new RunKeeper(this.runs);
    void this.runs.load();
    this.looker = new Looker(this.#client, () => this.#subject());
    this.#client.subscribe((event) => this.#take(event));
    store.subscribe(() => this.data.follow());
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.view.subscribe(listener);
  }

  /** The settings as the document has them, with defaults. */
  settings(): Training {
    return { ...defaultTraining, ...this.#store.getState().editor.document.training };
  }

  change(settings: Partial<Training>): void {
    const { edit } = this.#store.getState();
    edit(strings.edits.trainingSettings, [{ type: 'setTraining', training: settings }]);
    const { learningRate } = settings;
    if (learningRate !== undefined) this.#client.setLearningRate(learningRate);
  }

  chooseEngine(engine: EngineName): void {
    this.view.setState({ engine });
  }

  /** Whether a run whose trainer is lost is to go on by itself, in this session and the next. */
  setAutoResume(autoResume: boolean): void {
    this.view.setState({ autoResume });
    keepAutoResume(autoResume);
  }

  /** A new run, from the parameters that the document has; `single` where it is to pause after its first step. */
  start(single = false): void {
    const { dataset, engine } = this.view.getState();
    const { editor, documentKey } = this.#store.getState();
    if (!dataset || !editor.document.loss) return;
    const settings = { ...this.settings(), engine };
    this.view.setState(beforeRun);
    this.#losses = { step: -1, count: 0 };
    const document = shownName(this.#store.getState());
    this.#keeper.begin({ document, dataset: dataset.name, settings });
    this.#begin({
      document: editor.document,
      documentKey: String(documentKey),
      revision: editor.revision,
      dataset,
      settings,
      single,
    });
  }

  pause(): void {
    this.#client.pause();
  }

  /** One step: of the run under way, or of a new one. */
  step(): void {
    if (isUnderWay(this.view.getState())) this.#client.step();
    else this.start(true);
  }

  /** Goes on after a pause; after an end, from where the run had come to. */
  resume(): void {
    if (this.view.getState().run.phase === 'paused') this.#client.resume();
    else if (this.resumable()) void this.#resumeLast();
  }

  /** The last run, where it ended before its time and can go on with the document as it is. */
  resumable(): RunRecord | undefined {
    const { run } = this.view.getState();
    const { documentKey } = this.#store.getState();
    const { record } = this.#keeper;
    if (!record || !isOver(run.phase) || run.run?.documentKey !== String(documentKey)) return;
    const has = record.checkpoint ?? this.runs.atHand(record.id);
    const settings = this.settings();
    if (!has || !hasMore(record, settings.epochs)) return;
    return isSameCourse(record.settings, settings) ? record : undefined;
  }

  /** Goes on with any run that was kept: the document gets its settings. */
  async resumeRun(record: RunRecord): Promise<void> {
    const { epochs } = this.settings();
    const settings =
      record.standing === 'finished' ? { ...record.settings, epochs } : record.settings;
    const { engine: _, ...training } = settings;
    if (!isSameCourse(settings, this.settings()) || epochs !== training.epochs) {
      this.change(training);
    }
    await this.#goOn(record, settings);
  }

  /** Brings the parameters of a run that was kept into the document, as one edit that can be undone. */
  async bringIn(record: RunRecord): Promise<void> {
    const checkpoint = await this.#read(record);
    if (!checkpoint) return;
    const { editor, registry, edit } = this.#store.getState();
    const edits = parameterEdits(editor.document, registry, checkpointLearnt(checkpoint));
    if (edits.length > 0) edit(strings.edits.train, edits);
    else this.view.setState({ notice: runText.nothingFits(record.name) });
  }

  /** Asks where to write the checkpoint of a run. */
  async exportRun({ id, name }: RunRecord): Promise<void> {
    const bytes = await this.runs.checkpoint(id);
    if (!bytes) return this.view.setState({ notice: runText.noCheckpoint(name) });
    const file = `${name.replace(/[\\/:*?"<>|]/g, ' ').trim()}.gradwire-checkpoint`;
    const written = await this.#host.runs.exportCheckpoint(bytes, file);
    if (!written.ok) this.view.setState({ notice: written.message });
  }

  /** Asks for a checkpoint and lists its run. */
  async importRun(): Promise<void> {
    const found = await this.#host.runs.importCheckpoint();
    if (!found.ok) return this.view.setState({ notice: found.message });
    if (!found.value) return;
    const { name } = found.value;
    const bytes = new Uint8Array(found.value.bytes);
    try {
      const checkpoint = decodeCheckpoint(bytes);
      const document = shownName(this.#store.getState());
      this.runs.addImported(checkpoint, bytes, {
        dataset: this.view.getState().dataset?.name ?? '',
        name: name.replace(/\.gradwire-checkpoint$/, ''),
        document,
      });
    } catch (error) {
      this.view.setState({ notice: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Asks for the optimizer's state: as it is now, or as the last run of this document left it. */
  async askState(): Promise<void> {
    const { run, checkpoint } = this.view.getState();
    if (run.phase === 'running') return this.#client.askCheckpoint();
    if (checkpoint) return;
    const document = shownName(this.#store.getState());
    const { records } = this.runs.view.getState();
    const record = records.find((each) => each.document === document && each.checkpoint);
    const bytes = record && (await this.runs.checkpoint(record.id));
    if (!record?.checkpoint || !bytes || this.view.getState().checkpoint) return;
    this.view.setState({ checkpoint: { ...record.checkpoint, bytes } });
  }

  stop(): void {
    this.#client.stop();
  }

  /** Commands of the menu that make no sense now. */
  impossibleCommands(): CommandId[] {
    const { phase } = this.view.getState().run;
    if (phase === 'running') return ['train.start', 'train.resume'];
    if (phase === 'loading') return ['train.start', 'train.resume', 'train.pause', 'train.step'];
    if (phase === 'paused') return ['train.start', 'train.pause'];
    const idle = ['train.stop', 'train.pause'] as const;
    return this.resumable() ? [...idle] : [...idle, 'train.resume'];
  }

  /** The run under way, where it is that of the open document; else the document as it is. */
  #subject(): Subject | undefined {
    const { run: state, dataset, engine, report } = this.view.getState();
    const { editor, documentKey } = this.#store.getState();
    const document = String(documentKey);
    const { run, phase } = state;
    if (run && !isOver(phase) && run.documentKey === document) {
      // Before its first step there is nobody to ask.
      if (phase === 'loading') return undefined;
      const going = phase === 'running';
      const step = phase === 'paused' ? report?.step : undefined;
      const key = `run ${run.runId} ${step ?? ''}`;
      return { kind: 'run', document, key, runId: run.runId, going };
    }
    if (!dataset || !editor.document.loss) return undefined;
    const settings = { ...this.settings(), engine };
    const key = `document ${document} ${editor.revision} ${dataset.ref}`;
    return {
      kind: 'document',
      document,
      key,
      start: { document: editor.document, dataset, settings },
    };
  }

  #begin(request: TrainingStart): void {
    this.#request = request;
    this.#client.start(request);
    clearInterval(this.#askingMemory);
    this.#askingMemory = setInterval(() => void this.#askMemory(), memoryEvery);
  }

  async #askMemory(): Promise<void> {
    if (isUnderWay(this.view.getState())) {
      this.view.setState({ memory: await this.#client.memory() });
    } else clearInterval(this.#askingMemory);
  }

  async #resumeLast(): Promise<void> {
    const { record } = this.#keeper;
    if (record) await this.#goOn(record, resumedSettings(record.settings, this.settings()));
  }

  /** A run from its checkpoint on, with the document as it is. */
  async #goOn(record: RunRecord, settings: TrainingSettings): Promise<void> {
    const { editor, documentKey } = this.#store.getState();
    const dataset = this.data.take(settings.data, record.dataset);
    if (!dataset) return this.view.setState({ notice: runText.chooseData(record.dataset) });
    const checkpoint = await this.runs.checkpoint(record.id);
    if (!checkpoint) return this.view.setState({ notice: runText.noCheckpoint(record.name) });
    this.#losses = { step: -1, count: 0 };
    this.#restart(record, checkpoint, {
      document: editor.document,
      documentKey: String(documentKey),
      revision: editor.revision,
      dataset,
      settings,
    });
  }

  #restart(
    { id, last, check }: RunRecord,
    checkpoint: Uint8Array<ArrayBuffer>,
    request: TrainingStart,
  ): void {
    const { step } = decodeCheckpoint(checkpoint);
    const curves = this.#keeper.goOn(id, step, request.settings);
    this.view.setState({
      ...beforeRun,
      curves,
      report: last ?? undefined,
      check: check ?? undefined,
    });
    this.#begin({ ...request, single: false, checkpoint });
  }

  /** The trainer of a run is gone: it goes on by itself in another one, where that was chosen. */
  #revive(message: string): void {
    const { record } = this.#keeper;
    const request = this.#request;
    if (!record || !request || !this.view.getState().autoResume) return;
    const kept = this.runs.atHand(record.id);
    const step = kept?.step ?? 0;
    const count = step > this.#losses.step ? 1 : this.#losses.count + 1;
    this.#losses = { step, count };
    if (count > mostRevivals) return;
    // Without a checkpoint it had not come further than its start.
    if (kept) this.#restart(record, kept.bytes.slice(), request);
    else this.#begin(request);
    this.view.setState({ revived: runText.revived(message, step) });
  }

  async #read(record: RunRecord): Promise<Checkpoint | undefined> {
    const bytes = await this.runs.checkpoint(record.id);
    try {
      if (bytes) return decodeCheckpoint(bytes);
      this.view.setState({ notice: runText.noCheckpoint(record.name) });
    } catch (error) {
      this.view.setState({ notice: error instanceof Error ? error.message : String(error) });
    }
    return undefined;
  }

  #take(event: TrainingEvent): void {
    this.#keeper.take(event);
    switch (event.type) {
      case 'state': {
        const { phase, why = '' } = event.state;
        this.view.setState({ run: event.state });
        this.looker.follow();
        if (phase === 'lost') this.#revive(why);
        break;
      }
      case 'checkpoint':
        this.view.setState({ checkpoint: event.checkpoint });
        break;
      case 'engines':
        this.view.setState({ engines: event.engines });
        break;
      case 'check':
        this.view.setState({ check: event.check });
        break;
      case 'report': {
        const curves = withReport(this.view.getState().curves, event.news);
        this.view.setState({ report: event.report, curves });
        break;
      }
      case 'parameters':
        this.#bringBack(event.parameters);
        break;
    }
  }

  /** One undoable edit, and only in the very document that the run was started from. */
  #bringBack({ run, reason, values: parameters, averages }: TrainedParameters): void {
    if (reason === 'checkpoint' || reason === 'paused') return;
    if (this.settings().parameters === 'beside') return;
    const { documentKey, editor, registry, edit } = this.#store.getState();
    if (run.documentKey === String(documentKey)) {
      const learnt = { parameters, averages };
      edit(strings.edits.train, parameterEdits(editor.document, registry, learnt));
    } else {
      this.view.setState({ notice: strings.training.otherDocument });
    }
  }
}

/** Whether a run is under way, paused ones included. */
export function isUnderWay({ run }: TrainingView): boolean {
  return !isOver(run.phase);
}

import { createStore, type StoreApi } from 'zustand';
import { defaultTraining, type Training } from '#graph';
import {
  type EngineCheck,
  type EngineChoice,
  type EngineName,
  parameterEdits,
  type TrainingProgress,
} from '#train';
import { builtInFolder, builtInOf } from '../data/built-in.ts';
import type { CommandId, DatasetFolder, Host, Unsubscribe } from '../host/index.ts';
import type { EditorApi } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import {
  isOver,
  type TrainedParameters,
  TrainingClient,
  type TrainingEvent,
  type TrainingState,
} from './client.ts';
import { type Curves, emptyCurves, withReport } from './curves.ts';
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
}

const beforeRun = {
  report: undefined,
  check: undefined,
  engines: undefined,
  curves: emptyCurves,
  notice: undefined,
};

/** The training workspace's state: what is chosen, how the run goes, and what it leaves behind. */
export class TrainingControl {
  readonly view: StoreApi<TrainingView>;
  readonly looker: Looker;
  readonly #store: EditorApi;
  readonly #host: Host;
  readonly #client: TrainingClient;
  /** The folder or file that is trained on where the document names no built-in set. */
  #files: DatasetFolder | undefined;

  constructor(store: EditorApi, host: Host) {
    this.#store = store;
    this.#host = host;
    this.#client = new TrainingClient({ host, registry: store.getState().registry });
    this.view = createStore<TrainingView>()(() => ({
      run: this.#client.state,
      datasets: [],
      dataset: undefined,
      engine: 'auto',
      ...beforeRun,
    }));
    this.looker = new Looker(this.#client, () => this.#subject());
    this.#client.subscribe((event) => this.#take(event));
    store.subscribe(() => this.#followSet());
    void this.#findData();
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

  /** How data are read and prepared, as the document has it. */
  dataSettings(): Training['data'] {
    return this.settings().data;
  }

  changeData(settings: Training['data']): void {
    this.change({ data: { ...this.dataSettings(), ...settings } });
  }

  choose(dataset: DatasetFolder): void {
    const set = builtInOf(dataset) ?? null;
    if (set === null) this.#files = dataset;
    // What was said of one table's columns is said of no other's.
    const { target: _, columns: __, header: ___, delimiter: ____, ...data } = this.dataSettings();
    const changed = { ...data, set };
    if (JSON.stringify(changed) !== JSON.stringify({ set: null, ...this.dataSettings() })) {
      this.change({ data: changed });
    }
    this.view.setState({ notice: undefined });
    this.#followSet();
  }

  async chooseData(what: 'folder' | 'file'): Promise<void> {
    const chosen = await this.#host.datasets.choose(what);
    if (!chosen.ok) return this.view.setState({ notice: chosen.message });
    const folder = chosen.value;
    if (!folder) return;
    const { datasets } = this.view.getState();
    const others = datasets.filter(({ ref }) => ref !== folder.ref);
    this.view.setState({ datasets: [...others, folder] });
    this.choose(folder);
  }

  start(): void {
    const { dataset, engine } = this.view.getState();
    const { editor, documentKey } = this.#store.getState();
    if (!dataset || !editor.document.loss) return;
    this.view.setState(beforeRun);
    this.#client.start({
      document: editor.document,
      documentKey: String(documentKey),
      revision: editor.revision,
      dataset,
      settings: { ...this.settings(), engine },
    });
  }

  pause(): void {
    this.#client.pause();
  }

  /** Goes on after a pause; after an end, a new run starts from the trained parameters. */
  resume(): void {
    if (this.view.getState().run.phase === 'paused') this.#client.resume();
    else this.start();
  }

  stop(): void {
    this.#client.stop();
  }

  /** Commands of the menu that make no sense now. */
  impossibleCommands(): CommandId[] {
    const { phase } = this.view.getState().run;
    if (phase === 'running' || phase === 'loading') return ['train.start', 'train.resume'];
    return phase === 'paused' ? ['train.start'] : ['train.stop', 'train.resume'];
  }

  async #findData(): Promise<void> {
    const known = await this.#host.datasets.known();
    if (!known.ok) return;
    const { datasets } = this.view.getState();
    const all = [...known.value, ...datasets];
    this.view.setState({ datasets: all });
    this.#files ??= all[0];
    this.#followSet();
  }

  /** The document says which built-in set it is trained on, if it is one. */
  #followSet(): void {
    const dataset = builtInFolder(this.dataSettings().set) ?? this.#files;
    if (dataset !== this.view.getState().dataset) this.view.setState({ dataset });
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

  #take(event: TrainingEvent): void {
    switch (event.type) {
      case 'state':
        this.view.setState({ run: event.state });
        this.looker.follow();
        break;
      case 'engines':
        this.view.setState({ engines: event.engines });
        break;
      case 'check':
        this.view.setState({ check: event.check });
        break;
      case 'report': {
        const curves = withReport(this.view.getState().curves, event.report);
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

import type { StoreApi } from 'zustand';
import type { Training } from '#graph';
import { builtInFolder, builtInOf } from '../data/built-in.ts';
import type { DatasetFolder, Host } from '../host/index.ts';
import type { TrainingView } from './control.ts';

interface DataChoiceOptions {
  readonly host: Host;
  readonly view: StoreApi<TrainingView>;
  /** How data are read and prepared, as the document has it. */
  settings(): Training['data'];
  change(settings: Training['data']): void;
}

/** The data that the open document is trained on, and what else there is to choose. */
export class DataChoice {
  readonly #options: DataChoiceOptions;
  /** The folder or file that is trained on where the document names no built-in set. */
  #files: DatasetFolder | undefined;

  constructor(options: DataChoiceOptions) {
    this.#options = options;
    void this.#find();
  }

  settings(): Training['data'] {
    return this.#options.settings();
  }

  change(settings: Training['data']): void {
    this.#options.change({ ...this.settings(), ...settings });
  }

  choose(dataset: DatasetFolder): void {
    const set = builtInOf(dataset) ?? null;
    if (set === null) this.#files = dataset;
    // What was said of one table's columns is said of no other's.
    const { target: _, columns: __, header: ___, delimiter: ____, ...data } = this.settings();
    const changed = { ...data, set };
    if (JSON.stringify(changed) !== JSON.stringify({ set: null, ...this.settings() })) {
      this.#options.change(changed);
    }
    this.#options.view.setState({ notice: undefined });
    this.follow();
  }

  /** Asks for a folder or a file. */
  async browse(what: 'folder' | 'file'): Promise<void> {
    const { host, view } = this.#options;
    const chosen = await host.datasets.choose(what);
    if (!chosen.ok) return view.setState({ notice: chosen.message });
    const folder = chosen.value;
    if (!folder) return;
    const others = view.getState().datasets.filter(({ ref }) => ref !== folder.ref);
    view.setState({ datasets: [...others, folder] });
    this.choose(folder);
  }

  /** Turns to the data that a run was trained on; undefined where they are not known here. */
  take(settings: Training['data'], name: string): DatasetFolder | undefined {
    const files = [this.#files, ...this.#options.view.getState().datasets];
    const dataset = builtInFolder(settings.set) ?? files.find((known) => known?.name === name);
    if (dataset && !builtInOf(dataset)) this.#files = dataset;
    this.follow();
    return dataset;
  }

  /** The document says which built-in set it is trained on, if it is one. */
  follow(): void {
    const { view } = this.#options;
    const dataset = builtInFolder(this.settings().set) ?? this.#files;
    if (dataset !== view.getState().dataset) view.setState({ dataset });
  }

  async #find(): Promise<void> {
    const { host, view } = this.#options;
    const known = await host.datasets.known();
    if (!known.ok) return;
    const all = [...known.value, ...view.getState().datasets];
    view.setState({ datasets: all });
    this.#files ??= all[0];
    this.follow();
  }
}

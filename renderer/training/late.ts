import type { CommandId, Host, Unsubscribe } from '../host/index.ts';
import type { EditorApi } from '../store/index.ts';
import type { TrainingControl } from './control.ts';

/** Training as the window knows it from its first picture on: its code comes when it is first used. */
export class LateTraining {
  readonly #store: EditorApi;
  readonly #host: Host;
  readonly #listeners = new Set<() => void>();
  #control: TrainingControl | undefined;
  #loading: Promise<TrainingControl> | undefined;

  constructor(store: EditorApi, host: Host) {
    this.#store = store;
    this.#host = host;
  }

  /** The one control of this window, the same at every call. */
  load(): Promise<TrainingControl> {
    this.#loading ??= this.#make();
    return this.#loading;
  }

  /** Calls the listener with every change of what training says of itself. */
  subscribe(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Commands of the menu that make no sense now. Before training is first used there is no run to end or to go on with. */
  impossibleCommands(): CommandId[] {
    return this.#control?.impossibleCommands() ?? ['train.stop', 'train.pause', 'train.resume'];
  }

  async #make(): Promise<TrainingControl> {
    const { TrainingControl: Control } = await import('./control.ts');
    this.#control = new Control(this.#store, this.#host);
    this.#control.subscribe(() => this.#tell());
    this.#tell();
    return this.#control;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

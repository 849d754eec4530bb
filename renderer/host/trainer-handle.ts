import type { Outcome } from '#bridge';
import type { Trainer, TrainerExit, Unsubscribe } from './host.ts';
import { Listeners } from './listeners.ts';

/** A trainer as the page holds it, for either host. */
export class TrainerHandle implements Trainer {
  readonly port: MessagePort;
  readonly #end: () => Promise<Outcome<null>>;
  readonly #memory: () => Promise<number | null>;
  readonly #listeners = new Listeners<TrainerExit>();
  #exit: TrainerExit | null = null;
  #over = false;

  /**
   * @param end ends the process or worker; called at most once
   * @param memory bytes that it uses; null where that is not known
   */
  constructor(
    port: MessagePort,
    end: () => Promise<Outcome<null>>,
    memory: () => Promise<number | null> = async () => null,
  ) {
    this.port = port;
    this.#end = end;
    this.#memory = memory;
  }

  async memory(): Promise<number | null> {
    return this.#over ? null : this.#memory();
  }

  onExit(listener: (exit: TrainerExit) => void): Unsubscribe {
    const end = this.#listeners.add(listener);
    if (this.#exit !== null) listener(this.#exit);
    return end;
  }

  /** Told by the host: the other side is gone. */
  exited(exit: TrainerExit): void {
    if (this.#over) return;
    this.#over = true;
    this.#exit = exit;
    this.port.close();
    this.#listeners.tell(exit);
  }

  async stop(): Promise<Outcome<null>> {
    if (this.#over) return { ok: true, value: null };
    this.#over = true;
    this.port.close();
    return this.#end();
  }
}

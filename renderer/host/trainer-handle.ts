import type { Outcome } from '#bridge';
import type { Trainer, TrainerExit, Unsubscribe } from './host.ts';
import { Listeners } from './listeners.ts';

/** A trainer as the page holds it, for either host. */
export class TrainerHandle implements Trainer {
  readonly port: MessagePort;
  readonly #end: () => Promise<Outcome<null>>;
  readonly #listeners = new Listeners<TrainerExit>();
  #exit: TrainerExit | null = null;
  #over = false;

  /** @param end ends the process or worker; called at most once */
  constructor(port: MessagePort, end: () => Promise<Outcome<null>>) {
    this.port = port;
    this.#end = end;
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

import type { NodeId, Position } from '#graph';
import type { LayoutOrder, LayoutReply } from './order.ts';

/** Lays graphs out in a worker, one at a time: asking again calls the one before off. */
class Arranger {
  #worker: Worker | undefined;
  #callOff: (() => void) | undefined;

  /** The new corners of the nodes; null where it was called off or failed. */
  arrange(order: LayoutOrder): Promise<ReadonlyMap<NodeId, Position> | null> {
    this.#callOff?.();
    const worker =
      this.#worker ?? new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    return new Promise((resolve) => {
      const end = (positions: ReadonlyMap<NodeId, Position> | null) => {
        worker.onmessage = null;
        worker.onerror = null;
        this.#callOff = undefined;
        // Whatever it is busy with, nobody waits for it any more.
        if (!positions) this.#drop(worker);
        resolve(positions);
      };
      this.#callOff = () => end(null);
      worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => end(data.positions);
      worker.onerror = () => end(null);
      worker.postMessage(order);
    });
  }

  #drop(worker: Worker): void {
    worker.terminate();
    if (this.#worker === worker) this.#worker = undefined;
  }
}

export const arranger = new Arranger();

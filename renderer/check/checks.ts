import { create } from 'zustand';
import type { GradientCheck } from '#diagnose';
import type { Trace } from '#trace';
import { type CheckOrder, type CheckReply, placeKey } from './order.ts';

interface Checks {
  /** The numbers the results belong to: the trace's own map, so that moving a node keeps them. */
  readonly of: Trace['nodes'] | null;
  /** By `placeKey`. */
  readonly found: ReadonlyMap<string, GradientCheck>;
  /** Whether the whole graph was asked for, and how far that is. */
  readonly all: 'none' | 'running' | 'done' | 'crashed';
}

const none: Checks = { of: null, found: new Map(), all: 'none' };

/** The gradient checks of the numbers on the screen. They come from a worker, one by one. */
export const checksStore = create<Checks>()(() => none);

/** One worker at a time. Ending it is how a check of numbers that changed meanwhile is called off. */
class Checker {
  #worker: Worker | undefined;
  #asked = new Set<string>();
  #open: ('all' | 'some')[] = [];

  /** Checks single places, unless they are or were already. */
  check(trace: Trace, keys: readonly string[]): void {
    this.#follow(trace);
    if (checksStore.getState().all === 'running') return;
    const { found } = checksStore.getState();
    const only = keys.filter((key) => !found.has(key) && !this.#asked.has(key));
    if (only.length === 0) return;
    for (const key of only) this.#asked.add(key);
    this.#order(trace, { type: 'check', only }, 'some');
  }

  /** Checks every gradient of the graph. */
  checkAll(trace: Trace): void {
    this.#follow(trace);
    if (checksStore.getState().all === 'running') return;
    checksStore.setState({ found: new Map(), all: 'running' });
    this.#order(trace, { type: 'check' }, 'all');
  }

  /** What is known of other numbers goes, and so does the work on them. */
  #follow(trace: Trace): void {
    if (checksStore.getState().of === trace.nodes) return;
    if (this.#open.length > 0) this.#end();
    this.#asked = new Set();
    checksStore.setState({ ...none, of: trace.nodes });
    this.#worker?.postMessage(documentOf(trace));
  }

  #order(trace: Trace, order: CheckOrder, kind: 'all' | 'some'): void {
    this.#open.push(kind);
    this.#worker ??= this.#start(trace);
    this.#worker.postMessage(order);
  }

  #start(trace: Trace): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<CheckReply>) => {
      if (worker === this.#worker) this.#take(data);
    });
    worker.addEventListener('error', () => {
      if (worker !== this.#worker) return;
      const whole = this.#open.includes('all');
      this.#end();
      this.#asked = new Set();
      if (whole) checksStore.setState({ all: 'crashed' });
    });
    worker.postMessage(documentOf(trace));
    return worker;
  }

  #take(reply: CheckReply): void {
    if (reply.type === 'done') {
      if (this.#open.shift() === 'all') checksStore.setState({ all: 'done' });
      return;
    }
    checksStore.setState(({ found }) => {
      const more = reply.checks.map((check) => [placeKey(check.place), check] as const);
      return { found: new Map([...found, ...more]) };
    });
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#open = [];
  }
}

function documentOf({ document }: Trace): CheckOrder {
  return { type: 'document', document };
}

export const checker = new Checker();

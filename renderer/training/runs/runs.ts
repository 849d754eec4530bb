import { createStore, type StoreApi } from 'zustand';
import type { Checkpoint } from '#train';
import type { HostRuns } from '../../host/host.ts';
import { emptyCurves } from '../curves.ts';
import { type RunRecord, readRecord } from './record.ts';

export interface RunsView {
  /** Newest first. */
  readonly records: readonly RunRecord[];
  /** Why something could not be kept or read; undefined while all is well. */
  readonly problem: string | undefined;
}

/** A checkpoint as the trainer sent it. */
export interface KeptCheckpoint {
  readonly step: number;
  readonly engine: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** While a run goes on, its record is written so many milliseconds after the last time. */
const writeEvery = 3000;

/** All runs of this machine: shown, compared, renamed, deleted, and written down as they go on. */
export class Runs {
  readonly view: StoreApi<RunsView>;
  readonly #host: HostRuns;
  /** Runs whose record waits to be written. */
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /** Checkpoints that wait for the one before to be written, by run. */
  readonly #next = new Map<string, KeptCheckpoint>();
  readonly #writing = new Map<string, Promise<void>>();
  /** The newest checkpoint of the run under way: reading it back takes longer. */
  #latest: { readonly id: string; readonly checkpoint: KeptCheckpoint } | undefined;

  constructor(host: HostRuns) {
    this.#host = host;
    this.view = createStore<RunsView>()(() => ({ records: [], problem: undefined }));
  }

  get(id: string): RunRecord | undefined {
    return this.view.getState().records.find((record) => record.id === id);
  }

  /** Reads what earlier sessions kept. */
  async load(): Promise<void> {
    const found = await this.#host.list();
    if (!found.ok) return this.view.setState({ problem: found.message });
    const known = new Set(this.view.getState().records.map(({ id }) => id));
    const running = await heldRuns();
    const old = found.value.flatMap((text) => {
      const record = readRecord(text);
      if (!record || known.has(record.id)) return [];
      const isLost = record.standing === 'running' && !running.has(record.id);
      return isLost ? [{ ...record, standing: 'interrupted' as const }] : [record];
    });
    const records = [...this.view.getState().records, ...old];
    this.view.setState({ records: records.sort((a, b) => b.startedAt - a.startedAt) });
  }

  /** A new run, in front of all others. */
  add(record: RunRecord): void {
    const { records } = this.view.getState();
    this.view.setState({ records: [record, ...records] });
    this.#write(record.id);
  }

  /** A run from elsewhere, of which there is nothing but its checkpoint. */
  addImported(
    checkpoint: Checkpoint,
    bytes: Uint8Array<ArrayBuffer>,
    about: Pick<RunRecord, 'name' | 'document' | 'dataset'>,
  ): void {
    const { settings, engine, last, step, seconds } = checkpoint;
    const id = crypto.randomUUID();
    this.add({
      version: 1,
      id,
      ...about,
      startedAt: Date.now(),
      seconds,
      settings,
      engine,
      standing: 'interrupted',
      message: null,
      check: null,
      last,
      checkpoint: null,
      curves: emptyCurves,
    });
    this.keep(id, { step, engine, bytes });
  }

  /** Changes what is known of a run; `soon` where that may be written a little later. */
  change(id: string, change: Partial<RunRecord>, soon = false): void {
    const { records } = this.view.getState();
    if (!records.some((record) => record.id === id)) return;
    this.view.setState({
      records: records.map((record) => (record.id === id ? { ...record, ...change } : record)),
    });
    if (!soon) this.#write(id);
    else if (!this.#waiting.has(id)) {
      this.#waiting.set(
        id,
        setTimeout(() => this.#write(id), writeEvery),
      );
    }
  }

  rename(id: string, name: string): void {
    const trimmed = name.trim();
    if (trimmed !== '') this.change(id, { name: trimmed });
  }

  async remove(id: string): Promise<void> {
    this.#forget(id);
    this.#next.delete(id);
    if (this.#latest?.id === id) this.#latest = undefined;
    const { records } = this.view.getState();
    this.view.setState({ records: records.filter((record) => record.id !== id) });
    await this.#writing.get(id);
    const removed = await this.#host.remove(id);
    if (!removed.ok) this.view.setState({ problem: removed.message });
  }

  /** Keeps a checkpoint in place of the one before; one that waits gives way to a newer one. */
  keep(id: string, checkpoint: KeptCheckpoint): void {
    this.#latest = { id, checkpoint };
    this.#next.set(id, checkpoint);
    if (this.#writing.has(id)) return;
    const writing = this.#writeCheckpoints(id).finally(() => this.#writing.delete(id));
    this.#writing.set(id, writing);
  }

  /** The newest checkpoint of a run; undefined where there is none, or it cannot be read. */
  async checkpoint(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (this.#latest?.id === id) return this.#latest.checkpoint.bytes.slice();
    const found = await this.#host.checkpoint(id);
    if (!found.ok) this.view.setState({ problem: found.message });
    return found.ok && found.value ? new Uint8Array(found.value) : undefined;
  }

  /** The newest checkpoint of the run, where it is at hand. */
  atHand(id: string): KeptCheckpoint | undefined {
    return this.#latest?.id === id ? this.#latest.checkpoint : undefined;
  }

  async #writeCheckpoints(id: string): Promise<void> {
    for (let kept = this.#next.get(id); kept; kept = this.#next.get(id)) {
      this.#next.delete(id);
      const { step, engine, bytes } = kept;
      const written = await this.#host.keepCheckpoint(id, bytes);
      this.view.setState({ problem: written.ok ? undefined : written.message });
      if (!written.ok) continue;
      // Nothing else writes down the last one of a run that is over.
      const soon = this.get(id)?.standing === 'running';
      this.change(id, { checkpoint: { step, engine, bytes: bytes.length } }, soon);
    }
  }

  #write(id: string): void {
    this.#forget(id);
    const record = this.get(id);
    if (!record) return;
    void this.#host.keep(id, JSON.stringify(record)).then((kept) => {
      if (!kept.ok) this.view.setState({ problem: kept.message });
    });
  }

  #forget(id: string): void {
    clearTimeout(this.#waiting.get(id));
    this.#waiting.delete(id);
  }
}

const lockName = (id: string) => `gradwire-run ${id}`;

/** Tells other windows, as long as `over` waits, that the run goes on in this one. */
export function holdRun(id: string, over: Promise<void>): void {
  void globalThis.navigator?.locks?.request(lockName(id), () => over);
}

/** The runs that go on in some window. */
async function heldRuns(): Promise<ReadonlySet<string>> {
  const state = await globalThis.navigator?.locks?.query();
  const names = (state?.held ?? []).flatMap(({ name }) => name ?? []);
  return new Set(names.map((name) => name.replace(/^gradwire-run /, '')));
}

import { createStore, type StoreApi } from 'zustand';
import type { Answer, Ask, AskKind, Spreads, Told } from '#train';
import type { Insight, TrainingClient, TrainingStart } from '../client.ts';

/** The net that is looked at: that of a run which takes questions, or a document as it is. */
export type Subject = {
  /** Stands for the open document. */
  readonly document: string;
  /** Another one for whatever changes the answers. */
  readonly key: string;
} & (
  | { readonly kind: 'run'; readonly runId: string; readonly going: boolean }
  | { readonly kind: 'document'; readonly start: Omit<TrainingStart, 'documentKey' | 'revision'> }
);

export type AnswerTo<K extends AskKind> = Extract<Answer, { kind: K }>;

/** An answer and what it is about. */
export interface Found {
  /** Undefined where it is about the document as it is. */
  readonly step: number | undefined;
  /** Stands for the document it is about. */
  readonly document: string;
  readonly answer: Answer;
}

/** The spreads of one step. */
export interface Moment {
  readonly step: number;
  readonly spreads: Spreads;
}

export interface LookerView {
  /** The last answers, by `keyOf`. */
  readonly found: ReadonlyMap<string, Found>;
  /** What was seen of the spreads of one run, step by step. */
  readonly history: readonly Moment[];
}

/** More moments than a strip has pixels say nothing more. */
const mostMoments = 240;

interface Pending {
  readonly kind: AskKind;
  readonly key: string;
  readonly subject: Subject;
  done(found: Found | undefined): void;
}

/** Asks trainers about nets and keeps the last answers, so that whoever comes back sees them at once. */
export class Looker {
  readonly view: StoreApi<LookerView> = createStore<LookerView>()(() => ({
    found: new Map(),
    history: [],
  }));
  readonly #client: TrainingClient;
  readonly #subject: () => Subject | undefined;
  readonly #pending = new Map<number, Pending>();
  #asks = 0;
  /** The document that the trainer was last given, and the name of that look once it is open. */
  #look: { readonly key: string; readonly opened: Promise<string | undefined> } | undefined;
  #historyOf: { readonly runId: string; readonly document: string } | undefined;

  constructor(client: TrainingClient, subject: () => Subject | undefined) {
    this.#client = client;
    this.#subject = subject;
    client.onInsight((insight) => this.#take(insight));
  }

  /** What is looked at now; undefined where there is nothing. */
  subject(): Subject | undefined {
    return this.#subject();
  }

  /** The answer; undefined where the trainer or the net that was asked about is gone meanwhile, or another asked for. */
  async ask(ask: Ask): Promise<Found | undefined> {
    const subject = this.#subject();
    if (!subject) return undefined;
    const runId = subject.kind === 'run' ? subject.runId : await this.#lookAt(subject);
    if (runId === undefined) return undefined;
    // A trainer answers the last question of a kind.
    this.#drop(({ kind }) => kind === ask.kind);
    const askId = ++this.#asks;
    return new Promise<Found | undefined>((done) => {
      this.#pending.set(askId, { kind: ask.kind, key: keyOf(ask), subject, done });
      this.#client.inspect(runId, askId, ask);
    });
  }

  /** What is looked at may be another net than before: who waits for an answer about that waits no more. */
  follow(): void {
    const now = this.#subject();
    this.#drop(({ subject }) => subject.key !== now?.key);
  }

  #drop(which: (pending: Pending) => boolean): void {
    for (const [askId, pending] of this.#pending) {
      if (!which(pending)) continue;
      this.#pending.delete(askId);
      pending.done(undefined);
    }
  }

  /** The name of the look at a document; undefined where no trainer can be had. */
  #lookAt({ key, start }: Extract<Subject, { kind: 'document' }>): Promise<string | undefined> {
    if (this.#look?.key === key) return this.#look.opened;
    const runId = crypto.randomUUID();
    const opened = this.#client.look(runId, start).then((refusal) => {
      if (refusal === undefined) return runId;
      this.#look = undefined;
      return undefined;
    });
    this.#look = { key, opened };
    return opened;
  }

  #take(insight: Insight | null): void {
    if (!insight) {
      this.#look = undefined;
      this.#drop(() => true);
      return;
    }
    const { askId, answer }: Told = insight;
    const pending = this.#pending.get(askId);
    if (!pending) return;
    this.#pending.delete(askId);
    const { key, subject, done } = pending;
    const step = subject.kind === 'run' ? insight.step : undefined;
    const found: Found = { step, document: subject.document, answer };
    this.view.setState((view) => ({
      found: new Map(view.found).set(key, found),
      ...(answer.kind === 'spreads'
        ? { history: this.#remembered(view.history, subject, insight.step, answer) }
        : {}),
    }));
    done(found);
  }

  #remembered(
    history: readonly Moment[],
    subject: Subject,
    step: number,
    spreads: Spreads,
  ): readonly Moment[] {
    const of = this.#historyOf;
    const { document } = subject;
    // After a run its document is looked at: the strip of the run stays.
    if (subject.kind === 'document') return of?.document === document ? history : [];
    const { runId } = subject;
    const before = of?.runId === runId ? history.filter((moment) => moment.step < step) : [];
    this.#historyOf = { runId, document };
    const all = [...before, { step, spreads }];
    return all.length > mostMoments ? all.filter((_, at) => at % 2 === 1) : all;
  }
}

/** What an answer is kept under: questions that differ in no more than their examples share a place. */
export function keyOf(ask: Ask): string {
  return ask.kind === 'answers' ? `answers ${ask.part}` : ask.kind;
}

import { describeFailure } from '../errors.ts';
import type { Learnt } from '../learnt.ts';
import type { Inspector } from './inspector.ts';
import type { Answer, Ask } from './messages.ts';
import type { NetMoment } from './spreads.ts';

/** A question and its answer, about one step. */
export interface Told {
  readonly askId: number;
  readonly step: number;
  readonly answer: Answer;
}

export interface InsightOptions {
  /** Milliseconds from some fixed moment. */
  now(): number;
  told(told: Told): void;
}

/** The share of a run's time that goes to those who look. */
const share = 0.1;

interface Question {
  readonly askId: number;
  readonly ask: Ask;
}

interface Work extends Question {
  readonly step: number;
  readonly portions: AsyncGenerator<undefined, Answer>;
}

/**
 * Answers questions about a net in turns, between the steps of its run. While the run goes on, turns are
 * so far apart that it keeps most of its time; where nobody asks, a turn costs nothing.
 */
export class InsightService {
  readonly #options: InsightOptions;
  readonly #waiting: Question[] = [];
  #inspector: Inspector<unknown> | undefined;
  #work: Work | undefined;
  /** What was learnt when a question about updates came up: the step after it tells what changed. */
  #before: NetMoment | undefined;
  /** Until when the run has its time for itself. */
  #rest = 0;
  #owed = 0;

  constructor(options: InsightOptions) {
    this.#options = options;
  }

  /** From now on there is a net to look into; another one where the engine is another: what had begun begins anew. */
  open(inspector: Inspector<unknown>): void {
    this.#inspector?.dispose();
    this.#inspector = inspector;
    if (!this.#work) return;
    const { askId, ask } = this.#work;
    this.#work = undefined;
    this.#waiting.unshift({ askId, ask });
  }

  /** A question of the same kind that still waits is answered no more. */
  ask(askId: number, ask: Ask): void {
    const at = this.#waiting.findIndex((other) => other.ask.kind === ask.kind);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#waiting.push({ askId, ask });
  }

  get idle(): boolean {
    return this.#work === undefined && this.#waiting.length === 0;
  }

  /**
   * One portion of work, where it is due.
   * @param halted whether the run stands still, so that all of the time is free
   */
  async turn(step: number, learnt: () => Promise<Learnt>, halted: boolean): Promise<void> {
    if (this.idle || !this.#inspector) return;
    const start = this.#options.now();
    if (!halted && start < this.#rest) return;
    this.#work ??= await this.#begin(this.#inspector, step, learnt, halted);
    if (!this.#work) {
      // It waits for the step that comes next, and what that took is paid for then.
      this.#owed = this.#options.now() - start;
      return;
    }
    const { askId, step: about } = this.#work;
    const answer = await next(this.#work);
    if (answer) {
      this.#work = undefined;
      this.#options.told({ askId, step: about, answer });
    }
    this.#rest = start + (this.#owed + this.#options.now() - start) / share;
    this.#owed = 0;
  }

  /** All that wait are told why they get no answer. */
  refuse(message: string): void {
    for (const { askId } of this.#waiting.splice(0)) {
      this.#options.told({ askId, step: 0, answer: { kind: 'refused', message } });
    }
  }

  /** Nobody is told anything more. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    await this.#work?.portions.return({ kind: 'refused', message: '' });
    this.#work = undefined;
    this.#inspector?.dispose();
    this.#inspector = undefined;
  }

  async #begin(
    inspector: Inspector<unknown>,
    step: number,
    learnt: () => Promise<Learnt>,
    halted: boolean,
  ): Promise<Work | undefined> {
    const [question] = this.#waiting;
    if (!question) return undefined;
    const before = this.#before;
    if (question.ask.kind === 'spreads' && !halted && before?.step !== step - 1) {
      // What a step changes can only be told after it.
      if (before?.step !== step) this.#before = { step, learnt: await learnt() };
      return undefined;
    }
    this.#before = undefined;
    this.#waiting.shift();
    const stepped = before?.step === step - 1 ? { before: before.learnt } : {};
    const moment = { step, learnt: await learnt(), ...stepped };
    const portions = inspector.answer(question.ask, moment);
    return { ...question, step, portions };
  }
}

/** The answer, where this portion was the last. */
async function next({ portions }: Work): Promise<Answer | undefined> {
  try {
    const { done, value } = await portions.next();
    return done ? value : undefined;
  } catch (error) {
    return { kind: 'refused', message: describeFailure(error).message };
  }
}

import type { TrainingProgress, TrainingSettings } from '#train';
import { isOver, type TrainingEvent, type TrainingPhase } from '../client.ts';
import { type Curves, emptyCurves, upTo, withReport } from '../curves.ts';
import { type RunRecord, type Standing, usualName } from './record.ts';
import { holdRun, type Runs } from './runs.ts';

/** What a new run is about. */
export interface RunSubject {
  readonly document: string;
  readonly dataset: string;
  readonly settings: TrainingSettings;
}

const standingOf: Readonly<Record<TrainingPhase, Standing>> = {
  idle: 'interrupted',
  loading: 'running',
  running: 'running',
  paused: 'running',
  stopped: 'stopped',
  finished: 'finished',
  failed: 'failed',
  lost: 'interrupted',
};

/** Writes down the run under way, from what the trainer tells of it. */
export class RunKeeper {
  readonly #runs: Runs;
  #id: string | undefined;
  #release: (() => void) | undefined;

  constructor(runs: Runs) {
    this.#runs = runs;
  }

  /** The record of the last run; undefined before the first, or where it was deleted. */
  get record(): RunRecord | undefined {
    return this.#id === undefined ? undefined : this.#runs.get(this.#id);
  }

  /** A run that begins. */
  begin({ document, dataset, settings }: RunSubject): void {
    const id = crypto.randomUUID();
    this.#hold(id);
    this.#runs.add({
      version: 1,
      id,
      name: usualName(settings),
      document,
      dataset,
      startedAt: Date.now(),
      seconds: 0,
      settings,
      engine: null,
      standing: 'running',
      message: null,
      check: null,
      last: null,
      checkpoint: null,
      curves: emptyCurves,
    });
  }

  /** A run that goes on from the step of its checkpoint. Gives its curves up to there. */
  goOn(id: string, step: number, settings: TrainingSettings): Curves {
    this.#hold(id);
    const { curves = emptyCurves } = this.#runs.get(id) ?? {};
    const kept = upTo(curves, step);
    this.#runs.change(id, { curves: kept, settings, standing: 'running', message: null });
    return kept;
  }

  take(event: TrainingEvent): void {
    const { record } = this;
    if (!record) return;
    const { id } = record;
    switch (event.type) {
      case 'state': {
        const { phase, message } = event.state;
        const over = isOver(phase);
        const standing = standingOf[phase];
        if (over || standing !== record.standing) {
          this.#runs.change(id, { standing, message: message ?? null });
        }
        if (over) this.#release?.();
        break;
      }
      case 'check':
        this.#runs.change(id, { check: event.check, engine: event.check.engine }, true);
        break;
      case 'report': {
        const curves = withReport(record.curves, event.news);
        const last = finite(event.report);
        this.#runs.change(id, { curves, last, engine: last.engine }, true);
        break;
      }
      case 'checkpoint':
        if (event.toKeep) this.#runs.keep(id, event.checkpoint);
        break;
    }
  }

  #hold(id: string): void {
    this.#release?.();
    this.#id = id;
    holdRun(
      id,
      new Promise((resolve) => {
        this.#release = resolve;
      }),
    );
  }
}

/** JSON has no word for what is not finite; the results on other sets may be absent. */
function finite(progress: TrainingProgress): TrainingProgress {
  const { validationLoss = Number.NaN, testLoss = Number.NaN, ...rest } = progress;
  return {
    ...rest,
    ...(Number.isFinite(validationLoss) ? { validationLoss } : {}),
    ...(Number.isFinite(testLoss) ? { testLoss } : {}),
  };
}

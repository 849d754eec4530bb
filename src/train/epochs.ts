import type { Training } from '#graph';
import { isSound, type Learnt } from './learnt.ts';
import { LossWatch, type LossWatchState } from './loss-watch.ts';
import type { TrainingProgress } from './protocol.ts';

/** The state of a graph at the end of an epoch. */
export interface Kept {
  readonly progress: TrainingProgress;
  readonly learnt: Learnt;
}

/** What an epoch watch knows, but for the best epoch itself. */
export interface EpochWatchState {
  readonly plateaus: number;
  readonly plateau: LossWatchState | null;
  readonly stopping: LossWatchState | null;
}

/**
 * Follows the loss from epoch to epoch (on the validation set where there is one, else on the test
 * set, else in training): counts plateaus for the schedule, keeps the best epoch, and says when there
 * is no more to hope for.
 */
export class EpochWatch {
  readonly #plateau: LossWatch | undefined;
  readonly #stopping: LossWatch | undefined;
  /** Plateaus so far. */
  plateaus: number;
  /** The best epoch so far; only where the run may stop early. */
  best: Kept | undefined;

  constructor(
    { schedule, patience }: Pick<Training, 'schedule' | 'patience'>,
    state?: EpochWatchState,
  ) {
    this.#plateau =
      schedule.type === 'plateau'
        ? new LossWatch(schedule.patience, state?.plateau ?? undefined)
        : undefined;
    this.#stopping =
      patience === null ? undefined : new LossWatch(patience, state?.stopping ?? undefined);
    this.plateaus = state?.plateaus ?? 0;
  }

  get state(): EpochWatchState {
    return {
      plateaus: this.plateaus,
      plateau: this.#plateau?.state ?? null,
      stopping: this.#stopping?.state ?? null,
    };
  }

  /**
   * At the end of an epoch, with its mean loss in training. True: no better loss for as many epochs
   * as one has patience.
   */
  async take(
    progress: TrainingProgress,
    trained: number,
    learnt: () => Learnt | Promise<Learnt>,
  ): Promise<boolean> {
    const loss = progress.validationLoss ?? progress.testLoss ?? trained;
    if (this.#plateau?.take(loss).exhausted) {
      this.plateaus++;
      this.#plateau.forgive();
    }
    const found = this.#stopping?.take(loss);
    if (found?.improved) {
      const current = await learnt();
      // Spoilt by the very last step: the loss does not know yet.
      if (isSound(current)) this.best = { progress, learnt: current };
    }
    return found?.exhausted ?? false;
  }
}

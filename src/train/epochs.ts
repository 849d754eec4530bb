import type { Training } from '#graph';
import { isSound, type Learnt } from './learnt.ts';
import { LossWatch } from './loss-watch.ts';
import type { TrainingProgress } from './protocol.ts';

/** The state of a graph at the end of an epoch. */
export interface Kept {
  readonly progress: TrainingProgress;
  readonly learnt: Learnt;
}

/**
 * Follows the loss from epoch to epoch (on the test set where there is one, else in training): counts
 * plateaus for the schedule, keeps the best epoch, and says when there is no more to hope for.
 */
export class EpochWatch {
  readonly #plateau: LossWatch | undefined;
  readonly #stopping: LossWatch | undefined;
  /** Plateaus so far. */
  plateaus = 0;
  /** The best epoch so far; only where the run may stop early. */
  best: Kept | undefined;

  constructor({ schedule, patience }: Pick<Training, 'schedule' | 'patience'>) {
    this.#plateau = schedule.type === 'plateau' ? new LossWatch(schedule.patience) : undefined;
    this.#stopping = patience === null ? undefined : new LossWatch(patience);
  }

  /** At the end of an epoch. True: no better loss for as many epochs as one has patience. */
  async take(progress: TrainingProgress, learnt: () => Promise<Learnt>): Promise<boolean> {
    const loss = progress.testLoss ?? progress.loss;
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

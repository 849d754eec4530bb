import type { Schedule, Training } from '#graph';

/** How far a run has come when a step is about to begin. */
export interface Position {
  /** Steps that are done. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Steps of the whole run. */
  readonly steps: number;
  /** How often the loss has stopped improving for a while. */
  readonly plateaus: number;
}

/** What the learning rate is multiplied with at the next step; in float64. */
export function rateFactor(
  { schedule, warmUp }: Pick<Training, 'schedule' | 'warmUp'>,
  position: Position,
): number {
  // 1/n, 2/n, … n/n over the n steps of the warm-up.
  const warm = warmUp > 0 ? Math.min(1, (position.step + 1) / warmUp) : 1;
  return warm * scheduled(schedule, position);
}

function scheduled(schedule: Schedule, { step, stepsPerEpoch, steps, plateaus }: Position): number {
  switch (schedule.type) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(step / (schedule.every * stepsPerEpoch));
    case 'exponential':
      return schedule.factor ** (step / stepsPerEpoch);
    case 'plateau':
      return schedule.factor ** plateaus;
    case 'cosine': {
      // Loshchilov and Hutter 2017, without restarts.
      const wave = (1 + Math.cos((Math.PI * step) / steps)) / 2;
      return schedule.floor + (1 - schedule.floor) * wave;
    }
    case 'cyclic': {
      // Smith 2017: from the floor up to the rate and down again.
      const phase = (step / (schedule.every * stepsPerEpoch)) % 1;
      return schedule.floor + (1 - schedule.floor) * (1 - Math.abs(2 * phase - 1));
    }
  }
}

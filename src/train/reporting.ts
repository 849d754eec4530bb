import type { TensorEngine } from '#tensor';
import { Meter, type MeterState, Stopwatch } from './meter.ts';
import type { CurvePoint, EvaluationPoint, TrainingProgress } from './protocol.ts';
import type { RunOptions } from './run-options.ts';
import type { StepResult } from './session.ts';

/** Points of the training curve. */
const curvePoints = 2000;

/** Where a run stands. */
export type Position = Pick<
  TrainingProgress,
  'epoch' | 'epochs' | 'step' | 'steps' | 'stepsPerEpoch' | 'learningRate' | 'secondsLeft'
>;

/** Where an earlier process had come to. */
interface Earlier {
  readonly point: MeterState;
  readonly last: TrainingProgress | null;
}

/** What a run tells of itself: progress every so often, and all points of its curves. */
export class Reporting {
  /** The last report, or what it would have said. */
  last: TrainingProgress | undefined;
  readonly #options: Pick<RunOptions, 'host' | 'report' | 'reportEvery'>;
  /** Since the last report, and since the last point of the curve. */
  readonly #live = new Meter();
  readonly #point: Meter;
  #points: CurvePoint[] = [];
  #evaluations: EvaluationPoint[] = [];
  /** Time at work since the last report; of that, the time in steps. */
  readonly #since: Stopwatch;
  readonly #stepping: Stopwatch;

  constructor(options: RunOptions, earlier: Earlier | undefined) {
    this.#options = options;
    this.#point = new Meter(earlier?.point);
    this.last = earlier?.last ?? undefined;
    const now = () => options.host.now();
    this.#since = new Stopwatch(now);
    this.#stepping = new Stopwatch(now);
  }

  get watches(): readonly Stopwatch[] {
    return [this.#since, this.#stepping];
  }

  /** Whether reports come by time, else by steps. */
  get byTime(): boolean {
    return 'milliseconds' in this.#options.reportEvery;
  }

  get isDue(): boolean {
    const { reportEvery } = this.#options;
    return 'steps' in reportEvery
      ? this.#live.state.steps >= reportEvery.steps
      : this.#since.elapsed >= reportEvery.milliseconds;
  }

  /** Milliseconds since the last report. */
  get elapsed(): number {
    return this.#since.elapsed;
  }

  /** Whether there were steps since the last report. */
  get hasSteps(): boolean {
    return this.#live.state.steps > 0;
  }

  /** Whether points of the curves are not told yet. */
  get hasPoints(): boolean {
    return this.#points.length + this.#evaluations.length > 0;
  }

  /** Of the mini-batches since the last point of the curve. */
  get point(): MeterState {
    return this.#point.state;
  }

  /** A step is done, and the run stands at `step` of `steps`. */
  count(
    result: StepResult,
    size: number,
    { step, steps, learningRate }: Pick<Position, 'step' | 'steps' | 'learningRate'>,
  ): void {
    this.#live.add(result, size);
    this.#point.add(result, size);
    const every = Math.ceil(steps / curvePoints);
    if (step % every > 0 && step < steps) return;
    this.#points.push({ step, ...this.#point.mean(), learningRate });
    this.#point.reset();
  }

  evaluated(point: EvaluationPoint): void {
    this.#evaluations.push(point);
  }

  /** Time that was spent on other things than steps. */
  skip(milliseconds: number): void {
    this.#stepping.skip(milliseconds);
  }

  /** What there is to tell at a position. */
  progress(
    position: Position,
    engine: TensorEngine<unknown>,
    found: Partial<TrainingProgress> = {},
  ): TrainingProgress {
    const { steps: seen, examples } = this.#live.state;
    const memory = this.#options.host.memory?.();
    this.last = {
      ...position,
      ...(seen > 0 ? this.#live.mean() : meanOf(this.last)),
      ...found,
      examplesPerSecond: (1000 * examples) / Math.max(this.#stepping.elapsed, 0.001),
      engine: engine.name,
      tensors: engine.held(),
      ...(memory === undefined ? {} : { memory }),
    };
    return this.last;
  }

  /** Tells it, with all points since the last report. */
  report(progress: TrainingProgress): void {
    this.last = progress;
    this.#options.report({
      type: 'progress',
      progress,
      points: this.#points.splice(0),
      evaluations: this.#evaluations.splice(0),
    });
    this.#live.reset();
    this.#since.restart();
    this.#stepping.restart();
  }
}

/** A result by the names that a set's results have in reports. */
export function named(
  set: 'validation' | 'test',
  result: StepResult | undefined,
): Omit<EvaluationPoint, 'step'> {
  if (!result) return {};
  const { loss, accuracy } = result;
  return {
    [`${set}Loss`]: loss,
    ...(accuracy === undefined ? {} : { [`${set}Accuracy`]: accuracy }),
  };
}

/** Where nothing was trained since the last report, that one's numbers still hold. */
function meanOf(last: TrainingProgress | undefined) {
  const { loss = 0, accuracy } = last ?? {};
  return { loss, ...(accuracy === undefined ? {} : { accuracy }) };
}

import type { DataSet } from '#data';
import type { GraphDocument } from '#graph';
import type { Registry } from '#ops';
import type { Checkpoint } from './checkpoint.ts';
import type { EngineHost } from './engines.ts';
import type { Learnt } from './learnt.ts';
import type {
  EngineCheck,
  TrainingProgress,
  TrainingReport,
  TrainingSettings,
} from './protocol.ts';

/** A report without its run's id. */
export type RunEvent = TrainingReport extends infer R
  ? R extends TrainingReport
    ? Omit<R, 'runId'>
    : never
  : never;

/** What the place a run happens in provides. */
export interface RunHost extends EngineHost {
  /** Lets messages and timers have their turn. */
  rest(): Promise<void>;
  /** Bytes of memory that the process uses, where that is known. */
  memory?(): number;
}

export interface RunOptions {
  readonly document: GraphDocument;
  readonly registry: Registry;
  /** With a checkpoint, only its learning rate, epochs and patience count. */
  readonly settings: TrainingSettings;
  /** Where an earlier run had come to, which this one goes on from. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Whether to pause after the first step. */
  readonly single?: boolean | undefined;
  /** Loads the data; what it throws ends the run with a sentence. */
  readonly data: () => Promise<DataSet>;
  readonly host: RunHost;
  /** How often progress is reported: by time for people, by steps for reproducible records. */
  readonly reportEvery: { readonly milliseconds: number } | { readonly steps: number };
  /** Milliseconds between two checkpoints to be kept; undefined: none are. Where a run starts, pauses and ends there is one besides. */
  readonly keepEvery?: number | undefined;
  readonly report: (event: RunEvent) => void;
}

/** How a run ended, and the parameters then; the last good ones of a run that failed. */
export interface RunSummary extends Learnt {
  readonly phase: 'finished' | 'stopped' | 'failed';
  /** Why it failed. */
  readonly message?: string;
  readonly engine?: string;
  readonly check?: EngineCheck;
  readonly epochs: number;
  readonly steps: number;
  readonly examples: number;
  readonly seconds: number;
  readonly last?: TrainingProgress;
  /** The report of the epoch that the parameters are from, where a run keeps its best ones. */
  readonly best?: TrainingProgress;
}

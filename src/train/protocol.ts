/**
 * What editor and trainer say to each other over their port. Both sides check every message: the
 * trainer is a process of its own, and whatever arrives from another process may be anything.
 *
 * Everything carries the id of the run it belongs to. What arrives for another run is dropped.
 */
import { z } from 'zod';
import { trainingFields } from '#graph';
import { answerSchema, askSchema } from './insight/messages.ts';

export const realEngines = ['webgpu', 'webgl', 'wasm', 'cpu', 'js'] as const;

/** An engine by its name. */
export type RealEngine = (typeof realEngines)[number];

/** Engines a run can be bound to; `auto` measures the run's own program on those that start. */
export const engineNames = ['auto', ...realEngines] as const;

export type EngineName = (typeof engineNames)[number];

/** How a graph is trained. */
export const settingsSchema = z.strictObject({ ...trainingFields, engine: z.enum(engineNames) });

export type TrainingSettings = z.output<typeof settingsSchema>;

const runId = z.string().min(1);

const bytes = z.custom<Uint8Array<ArrayBuffer>>((data) => data instanceof Uint8Array);
/** A loss on data that the steps do not see: nothing keeps it within the range of numbers. */
const anyNumber = z.custom<number>((value) => typeof value === 'number');

/** The files of a data set, and where the trainer may fetch each. */
export const datasetSchema = z.strictObject({
  name: z.string(),
  files: z.array(z.strictObject({ name: z.string(), size: z.number(), url: z.string() })),
});

export type DatasetLocation = z.output<typeof datasetSchema>;

/** Editor → trainer. */
export const requestSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    runId,
    /** A document in the file's form, its parameters' values included. */
    document: z.unknown(),
    dataset: datasetSchema,
    settings: settingsSchema,
    /** Pause after the first step. */
    single: z.boolean().optional(),
    /** Go on from here instead of from the document's values. */
    checkpoint: bytes.optional(),
  }),
  z.strictObject({ type: z.literal('pause'), runId }),
  /** One step, then a pause. */
  z.strictObject({ type: z.literal('step'), runId }),
  /** A checkpoint as soon as the step is done: to look at the optimizer's state. */
  z.strictObject({ type: z.literal('checkpoint'), runId }),
  z.strictObject({ type: z.literal('resume'), runId }),
  z.strictObject({ type: z.literal('stop'), runId }),
  z.strictObject({
    type: z.literal('setLearningRate'),
    runId,
    learningRate: z.number().positive(),
  }),
  /** Looks into a document's net without training it; `runId` is the look's own. Ends the one before. */
  z.strictObject({
    type: z.literal('look'),
    runId,
    document: z.unknown(),
    dataset: datasetSchema,
    settings: settingsSchema,
  }),
  /** A question about the net of a run or look. */
  z.strictObject({ type: z.literal('inspect'), runId, askId: z.int(), ask: askSchema }),
]);

export type TrainingRequest = z.output<typeof requestSchema>;

/** Where a run stands. `stopped` is an end that was asked for; `failed` one that was not. */
export const phases = ['loading', 'running', 'paused', 'stopped', 'finished', 'failed'] as const;

export type RunPhase = (typeof phases)[number];

/** How a run is going. `step` counts the mini-batches of the whole run from 1. */
export const progressSchema = z.strictObject({
  epoch: z.int(),
  epochs: z.int(),
  step: z.int(),
  /** Steps of the whole run. */
  steps: z.int(),
  stepsPerEpoch: z.int(),
  /** The mean over the mini-batches since the last report. */
  loss: z.number(),
  /** Share of right answers in the same mini-batches, where the loss is a classification's. */
  accuracy: z.number().optional(),
  /** Over the whole validation set; sent at the end of each epoch. */
  validationLoss: anyNumber.optional(),
  validationAccuracy: z.number().optional(),
  /** Over the whole test set: at the end of each epoch, or of the run where there is a validation set. */
  testLoss: anyNumber.optional(),
  testAccuracy: z.number().optional(),
  learningRate: z.number(),
  examplesPerSecond: z.number(),
  /** Until the end of the last epoch, from how long the steps have taken. */
  secondsLeft: z.number(),
  engine: z.string(),
  /** How many tensors the engine holds. */
  tensors: z.int(),
  /** Bytes of memory that the process uses, where it knows. */
  memory: z.number().optional(),
});

export type TrainingProgress = z.output<typeof progressSchema>;

/** One point of the training curve: the mean over the steps since the point before. */
const pointSchema = z.strictObject({
  step: z.int(),
  loss: z.number(),
  accuracy: z.number().optional(),
  learningRate: z.number(),
});

export type CurvePoint = z.output<typeof pointSchema>;

/** What the sets that are not trained on gave after a step. */
const evaluationSchema = z.strictObject({
  step: z.int(),
  validationLoss: anyNumber.optional(),
  validationAccuracy: z.number().optional(),
  testLoss: anyNumber.optional(),
  testAccuracy: z.number().optional(),
});

export type EvaluationPoint = z.output<typeof evaluationSchema>;

/** How large a parameter and its gradient on one mini-batch are: the roots of their sums of squares. */
export const normsSchema = z.strictObject({
  step: z.int(),
  parameters: z.array(
    z.strictObject({
      node: z.string(),
      name: z.string(),
      weight: z.number(),
      /** Absent for what is not trained. */
      gradient: z.number().optional(),
    }),
  ),
});

export type Norms = z.output<typeof normsSchema>;

/** The compiled program against the exact trace on one mini-batch, before the first step. */
export const checkSchema = z.strictObject({
  engine: z.string(),
  /** Largest relative difference among the loss and all parameters' gradients. */
  difference: z.number(),
  /** Where it is: a parameter's name, or “loss”. */
  where: z.string(),
  /** Where the difference is large because the graph magnifies roundings: what those of all results make. */
  magnified: z.number().optional(),
});

export type EngineCheck = z.output<typeof checkSchema>;

/** What was found out about an engine. */
export const figureSchema = z.strictObject({
  engine: z.enum(realEngines),
  /** A step of the run's own program: the median of a few. */
  milliseconds: z.number().optional(),
  /** What it computes on: a GPU by its name, so many threads. */
  device: z.string().optional(),
  /**
   * `ready`; or why it is not used: it does not start here, is a program that behaves like a GPU, takes too
   * long, computes something else than the exact trace, or failed in the run.
   */
  state: z.enum(['ready', 'absent', 'software', 'slow', 'inexact', 'failed']),
  /** Why not, in one sentence. */
  message: z.string().optional(),
});

export type EngineFigure = z.output<typeof figureSchema>;

/** The engine at work, and what was found out about all that were considered, fastest first. */
export const enginesSchema = z.strictObject({
  chosen: z.enum(realEngines),
  figures: z.array(figureSchema),
  /** Why the one before is not at work any more, and what happens now. */
  message: z.string().optional(),
});

export type EngineChoice = z.output<typeof enginesSchema>;

/** Why parameters are sent. */
export const snapshotReasons = ['checkpoint', 'paused', 'stopped', 'finished', 'failed'] as const;

export type SnapshotReason = (typeof snapshotReasons)[number];

const float32 = z.custom<Float32Array<ArrayBuffer>>((data) => data instanceof Float32Array);

const snapshotSchema = z.strictObject({
  type: z.literal('parameters'),
  runId,
  reason: z.enum(snapshotReasons),
  step: z.int(),
  values: z.array(
    z.strictObject({
      node: z.string(),
      shape: z.array(z.int()),
      data: float32,
    }),
  ),
  /** Running averages, by the attribute that stores them. */
  averages: z.array(
    z.strictObject({
      node: z.string(),
      attribute: z.string(),
      shape: z.array(z.int()),
      data: float32,
    }),
  ),
});

/** Trainer → editor. */
export const reportSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('phase'),
    runId,
    phase: z.enum(phases),
    /** One sentence, where there is something to say. */
    message: z.string().optional(),
    /** The node concerned. */
    node: z.string().optional(),
  }),
  /** Before the first step, and whenever another engine takes over. */
  z.strictObject({ type: z.literal('engines'), runId, engines: enginesSchema }),
  z.strictObject({ type: z.literal('check'), runId, check: checkSchema }),
  z.strictObject({
    type: z.literal('progress'),
    runId,
    progress: progressSchema,
    /** Of the curve, since the last report: at the same steps whenever the run is repeated. */
    points: z.array(pointSchema),
    evaluations: z.array(evaluationSchema),
  }),
  z.strictObject({ type: z.literal('norms'), runId, norms: normsSchema }),
  /** All that it takes to go on from this step. */
  z.strictObject({
    type: z.literal('checkpoint'),
    runId,
    step: z.int(),
    engine: z.string(),
    bytes,
    /** Why it was made: looked at only, or to be kept. */
    reason: z.enum(['asked', 'kept']),
  }),
  snapshotSchema,
  /** The answer to a question, about the net at a step. */
  z.strictObject({
    type: z.literal('insight'),
    runId,
    askId: z.int(),
    step: z.int(),
    answer: answerSchema,
  }),
]);

export type TrainingReport = z.output<typeof reportSchema>;

/** What is wrong with a message, in a few words; for messages that no version of ours sends. */
export function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'it is malformed';
  return issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message;
}

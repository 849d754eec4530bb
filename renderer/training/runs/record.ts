import { z } from 'zod';
import { checkSchema, progressSchema, settingsSchema, type TrainingSettings } from '#train';
import { strings } from '../../strings/en.ts';
import { curvesSchema } from '../curves.ts';

/** How a run that was kept stands; `interrupted` is one whose window or trainer went. */
const standings = ['running', 'stopped', 'finished', 'failed', 'interrupted'] as const;

export type Standing = (typeof standings)[number];

/** What is kept of a run, but for its checkpoint. */
export const recordSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().min(1),
  name: z.string(),
  /** The document's name: runs of one document are shown together. */
  document: z.string(),
  dataset: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  seconds: z.number(),
  settings: settingsSchema,
  engine: z.string().nullable(),
  standing: z.enum(standings),
  message: z.string().nullable(),
  check: checkSchema.nullable(),
  last: progressSchema.nullable(),
  /** The step and size of the checkpoint that is kept with it. */
  checkpoint: z.strictObject({ step: z.int(), bytes: z.int(), engine: z.string() }).nullable(),
  curves: curvesSchema,
});

export type RunRecord = Readonly<z.output<typeof recordSchema>>;

/** Undefined where the text is no record of this version. */
export function readRecord(text: string): RunRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What a run is called until a person gives it a name: its method and rate. */
export function usualName({ optimizer, learningRate }: TrainingSettings): string {
  return `${strings.training.methods[optimizer]} ${learningRate}`;
}

/** The numbers that a run is judged by. */
export function resultOf({ last }: RunRecord) {
  const { loss, accuracy, validationLoss, validationAccuracy, testLoss, testAccuracy } = last ?? {};
  return {
    loss: validationLoss ?? testLoss ?? loss,
    accuracy: validationAccuracy ?? testAccuracy ?? accuracy,
  };
}

import { z } from 'zod';
import { dataSchema } from './data-settings.ts';

/** How parameters may answer to their gradients. */
export const optimizerNames = [
  'sgd',
  'momentum',
  'nesterov',
  'adagrad',
  'rmsprop',
  'adam',
] as const;

export type OptimizerName = (typeof optimizerNames)[number];

const share = (what: string) =>
  z.number().refine((value) => value >= 0 && value < 1, {
    error: `${what} must be at least 0 and below 1.`,
  });
const factor = z.number().refine((value) => value > 0 && value <= 1, {
  error: 'The factor must be above 0 and at most 1.',
});
const floor = z.number().min(0).max(1, { error: 'The lowest share must be from 0 to 1.' });
const positive = (what: string) => z.number().positive({ error: `${what} must be above 0.` });
const epochs = (what: string) =>
  z.int().min(1, { error: `${what} must be a whole number of epochs from 1.` });

/** How the learning rate changes over a run. Factors multiply the rate that was set. */
const scheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('constant') }),
  /** Times `factor` after every so many epochs. */
  z.strictObject({
    type: z.literal('step'),
    every: epochs('The interval').default(10),
    factor: factor.default(0.1),
  }),
  /** Times `factor` over each epoch, a little at every step. */
  z.strictObject({ type: z.literal('exponential'), factor: factor.default(0.95) }),
  /** Times `factor` whenever the loss has not improved for `patience` epochs. */
  z.strictObject({
    type: z.literal('plateau'),
    patience: epochs('The patience').default(3),
    factor: factor.default(0.1),
  }),
  /** Half a cosine over the whole run, down to `floor` times the rate. */
  z.strictObject({ type: z.literal('cosine'), floor: floor.default(0) }),
  /** Up and down in straight lines between `floor` times the rate and the rate, once in `every` epochs. */
  z.strictObject({
    type: z.literal('cyclic'),
    every: epochs('The interval').default(2),
    floor: floor.default(0.1),
  }),
]);

export type Schedule = z.output<typeof scheduleSchema>;

export const scheduleNames = [
  'constant',
  'step',
  'exponential',
  'plateau',
  'cosine',
  'cyclic',
] as const satisfies readonly Schedule['type'][];

/** A schedule of that kind with its usual numbers. */
export function usualSchedule(type: Schedule['type']): Schedule {
  return scheduleSchema.parse({ type });
}

/** The settings of training, one schema each. */
export const trainingFields = {
  optimizer: z.enum(optimizerNames),
  learningRate: positive('The learning rate'),
  batchSize: z.int().min(1, { error: 'A mini-batch needs at least one example.' }),
  epochs: z.int().min(1, { error: 'Training needs at least one epoch.' }),
  seed: z.int(),
  /** Whether every epoch has an order of its own; otherwise the examples come as they lie in the data. */
  shuffle: z.boolean(),
  /** α of momentum and Nesterov: what is left of the velocity after a step. */
  momentum: share('The momentum'),
  /** β of RMSProp: what is left of the mean square after a step. */
  decay: share('The decay'),
  /** β₁ and β₂ of Adam: what is left of the mean and of the mean square after a step. */
  beta1: share('β₁'),
  beta2: share('β₂'),
  /** ν of AdaGrad, RMSProp and Adam: keeps the division by the root finite. */
  epsilon: positive('ν'),
  /** λ of L2: λ·θ is added to the gradient. */
  weightDecay: z.number().min(0, { error: 'The weight decay must be at least 0.' }),
  /** λ of L1: λ·sign(θ) is added to the gradient. */
  l1: z.number().min(0, { error: 'The L1 penalty must be at least 0.' }),
  /** Whether L2 and L1 shrink the parameters themselves, beside the optimizer, instead of adding to the gradient. */
  decoupled: z.boolean(),
  /** The most that the gradient's norm over all parameters may be; null: anything. */
  clipNorm: positive('The norm to clip to').nullable(),
  /** The most that the size of any of the gradient's entries may be; null: anything. */
  clipValue: positive('The value to clip to').nullable(),
  schedule: scheduleSchema,
  /** Steps over which the rate grows from 0 to what the schedule says. */
  warmUp: z.int().min(0, { error: 'The warm-up must be a whole number of steps from 0.' }),
  /** Whether trained parameters come into the document, or stay beside it, with the run's checkpoint. */
  parameters: z.enum(['document', 'beside']),
  /** After so many epochs without a better loss the run ends with its best parameters; null: never. */
  patience: epochs('The patience').nullable(),
  /** How data are read and prepared; every entry may be missing. */
  data: dataSchema,
};

const trainingSchema = z.strictObject(trainingFields);

/** How a graph is trained; in a document everything may be missing and has a default. */
export type Training = Readonly<z.output<typeof trainingSchema>>;

/** As a document holds it. */
export const partialTrainingSchema = trainingSchema.partial();

export const defaultTraining: Training = {
  optimizer: 'sgd',
  learningRate: 0.3,
  batchSize: 128,
  epochs: 5,
  seed: 0,
  shuffle: true,
  momentum: 0.9,
  decay: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  l1: 0,
  decoupled: false,
  clipNorm: null,
  clipValue: null,
  schedule: { type: 'constant' },
  warmUp: 0,
  patience: null,
  parameters: 'document',
  data: {},
};

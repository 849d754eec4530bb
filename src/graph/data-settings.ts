import { z } from 'zod';

const count = (what: string, least = 1) =>
  z.int().min(least, { error: `${what} must be a whole number from ${least}.` });
const shareOf = (what: string) =>
  z.number().refine((value) => value >= 0 && value < 1, {
    error: `${what} must be at least 0 and below 1.`,
  });

/** What is done to the images that are trained on. */
const augmentationSchema = z
  .strictObject({
    flip: z.boolean(),
    crop: count('The margin to crop from', 0).max(64),
    shift: count('The shift', 0).max(64),
    rotation: z.number().min(0).max(180, { error: 'The rotation must be 0 to 180 degrees.' }),
    colour: shareOf('The change of colour'),
  })
  .partial();

/** How data are read and prepared; what is missing has the default of #data's settings, where all of it is explained. */
export const dataSchema = z
  .strictObject({
    set: z.string().max(100).nullable(),
    seed: z.int(),
    examples: count('The number of examples', 2).max(1_000_000),
    noise: z.number().min(0, { error: 'The noise must be at least 0.' }).nullable(),
    order: count('The order').max(20, { error: 'The order must be at most 20.' }),
    target: z.string().nullable(),
    columns: z.record(z.string(), z.enum(['number', 'category', 'label', 'ignore'])),
    missing: z.enum(['fill', 'drop']),
    categories: z.enum(['one-hot', 'index']),
    header: z.boolean().nullable(),
    delimiter: z.string().length(1, { error: 'The delimiter must be one character.' }).nullable(),
    imageSize: count('The size of images').max(1024).nullable(),
    limit: count('The limit').nullable(),
    validation: shareOf('The share for validation').nullable(),
    fold: z
      .strictObject({ part: count('The part'), of: count('The number of parts', 2) })
      .refine(({ part, of }) => part <= of, {
        error: 'The part must not be above the number of parts.',
      })
      .nullable(),
    scaling: z.enum(['none', 'mean', 'standard', 'min-max']),
    per: z.enum(['feature', 'channel']),
    labelSmoothing: shareOf('The label smoothing'),
    augmentation: augmentationSchema,
  })
  .partial();

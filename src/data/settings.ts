import type { ColumnType } from './data-set.ts';

/** How data are read and prepared; a document's `training.data`. */
export interface DataSettings {
  /** A set that is built in, by its name; null: the files that were chosen. */
  readonly set: string | null;
  /** Of the split into parts, of what is generated, of what is left out. */
  readonly seed: number;
  /** Of a generated set: how many examples, how much noise (null: its own), the highest power of x. */
  readonly examples: number;
  readonly noise: number | null;
  readonly order: number;
  /** Of a table: the column that becomes `y`; null: guessed. */
  readonly target: string | null;
  /** Of a table: types of columns, where they are not to be guessed. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** What becomes of rows with missing values. */
  readonly missing: 'fill' | 'drop';
  /** How categories enter `x`. */
  readonly categories: 'one-hot' | 'index';
  /** Whether the first row of a table names the columns; null: guessed. */
  readonly header: boolean | null;
  /** What stands between the values of a table; null: guessed. */
  readonly delimiter: string | null;
  /** Height and width that images of a folder are brought to; null: those of the first, at most 64. */
  readonly imageSize: number | null;
  /** At most so many examples are trained on; null: all. */
  readonly limit: number | null;
  /** The share of the training examples that is held back; null: a fifth where there is no test part. */
  readonly validation: number | null;
  /** Part `part` (from 1) of `of` equal parts is held back instead. */
  readonly fold: { readonly part: number; readonly of: number } | null;
  /** Of `x`, by its training examples: subtract the mean; divide by the standard deviation too; bring to 0 … 1. */
  readonly scaling: 'none' | 'mean' | 'standard' | 'min-max';
  /** Whether every entry of `x` is scaled by itself, or all of a channel (the last axis) together. */
  readonly per: 'feature' | 'channel';
  readonly labelSmoothing: number;
  readonly augmentation: Augmentation;
}

/** What is done to the images that are trained on, anew in every epoch. */
export interface Augmentation {
  /** Mirrors every other image. */
  readonly flip: boolean;
  /** Puts so many pixels of nothing around and cuts out the old size anywhere. */
  readonly crop: number;
  /** Moves by up to so many pixels; what moves in is a copy of the edge. */
  readonly shift: number;
  /** Turns by up to so many degrees. */
  readonly rotation: number;
  /** Changes brightness, contrast and saturation by up to this share. */
  readonly colour: number;
}

export const noAugmentation: Augmentation = {
  flip: false,
  crop: 0,
  shift: 0,
  rotation: 0,
  colour: 0,
};

export const defaultDataSettings: DataSettings = {
  set: null,
  seed: 0,
  examples: 300,
  noise: null,
  order: 3,
  target: null,
  columns: {},
  missing: 'fill',
  categories: 'one-hot',
  header: null,
  delimiter: null,
  imageSize: null,
  limit: null,
  validation: null,
  fold: null,
  scaling: 'none',
  per: 'feature',
  labelSmoothing: 0,
  augmentation: noAugmentation,
};

/** As a document has them. */
export type PartialDataSettings = Partial<Omit<DataSettings, 'augmentation'>> & {
  readonly augmentation?: Partial<Augmentation> | undefined;
};

/** With the defaults for all that is missing. */
export function fullDataSettings(given: PartialDataSettings): DataSettings {
  return {
    ...defaultDataSettings,
    ...given,
    augmentation: { ...noAugmentation, ...given.augmentation },
  };
}

/** What of the settings decides what is read: data for the same key are the same, however they are prepared. */
export function readingKey(settings: DataSettings): string {
  const { set, seed, examples, noise, order, target, columns, missing } = settings;
  const { categories, header, delimiter, imageSize, limit } = settings;
  // By the seed, examples are generated or drawn; otherwise it decides on the split alone.
  const drawn = set !== null || limit !== null ? seed : 0;
  return JSON.stringify([
    [set, drawn, examples, noise, order, target, columns, missing],
    [categories, header, delimiter, imageSize, limit],
  ]);
}

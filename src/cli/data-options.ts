import { stat } from 'node:fs/promises';
import {
  builtInSets,
  columnTypes,
  type DataSet,
  findBuiltIn,
  fullDataSettings,
  noAugmentation,
  type PartialDataSettings,
  prepareDataSet,
  readDataSet,
} from '#data';
import { partialTrainingSchema } from '#graph';
import { dataFolder } from './data-folder.ts';
import { decodePicture } from './decode-picture.ts';
import { UsageError } from './io.ts';
import { orElse } from './nearest.ts';
import { settingError } from './setting-error.ts';
import type { dataOptions } from './train-options.ts';

type Values = Readonly<Partial<Record<keyof typeof dataOptions, string>>>;

/** What `--augment flip` and its like mean without a number. */
const usualAugmentation = { flip: true, crop: 4, shift: 2, rotation: 15, colour: 0.2 } as const;

/** The command line's settings of the data, else the document's. Throws `UsageError`. */
export function dataSettingsOf(
  values: Values,
  document: PartialDataSettings = {},
): PartialDataSettings {
  const number = (name: keyof Values, text = values[name]): number | undefined => {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() !== '' && !Number.isNaN(value)) return value;
    throw new UsageError(`--${name} needs a number, and “${text}” is none.`);
  };
  const given = {
    target: values.target,
    columns: values.columns === undefined ? undefined : columnsOf(values.columns),
    missing: values.missing,
    categories: values.categories,
    limit: number('limit'),
    validation: number('validation'),
    fold: values.fold === undefined ? undefined : foldOf(values.fold),
    scaling: values.scale,
    per: values.per,
    labelSmoothing: number('smoothing'),
    augmentation:
      values.augment === undefined
        ? undefined
        : { ...noAugmentation, ...augmentationOf(values.augment) },
    examples: number('examples'),
    noise: number('noise'),
    order: number('order'),
    imageSize: number('image-size'),
    seed: number('data-seed'),
  };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const data = { ...document, ...Object.fromEntries(named) };
  const parsed = partialTrainingSchema.safeParse({ data });
  if (parsed.success) return parsed.data.data ?? {};
  throw settingError(parsed.error, values);
}

/**
 * What `--data` names, ready for training: a folder, a file, or a built-in set; without it, the built-in
 * set that the document names. Throws `UsageError`, and `DataError` when it is read.
 */
export async function openData(
  path: string | undefined,
  given: PartialDataSettings,
): Promise<() => Promise<DataSet>> {
  const exists = path !== undefined && (await stat(path).catch(() => undefined)) !== undefined;
  const builtIn = path === undefined ? given.set : exists ? undefined : findBuiltIn(path);
  if (path === undefined && !builtIn) {
    throw new UsageError(
      '--data PATH is needed: the folder or file with the data, or a built-in set.',
    );
  }
  if (path !== undefined && !exists && !builtIn) {
    const otherwise = `the built-in sets are ${builtInSets.join(', ')}.`;
    throw new UsageError(
      `There is no folder, file or built-in set ${path}; ${orElse(path, builtInSets, otherwise)}`,
    );
  }
  const settings = { ...fullDataSettings(given), set: builtIn ?? null };
  const source = builtIn || path === undefined ? undefined : await dataFolder(path);
  return async () =>
    prepareDataSet(await readDataSet(source, settings, { decodePicture }), settings);
}

/** “age=number,zip=category”. */
function columnsOf(text: string): Record<string, string> {
  const types = columnTypes.join(', ');
  return Object.fromEntries(
    text.split(',').map((part) => {
      const at = part.lastIndexOf('=');
      if (at < 1) throw new UsageError(`--columns needs NAME=TYPE,…, with the types ${types}.`);
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
}

/** “2/5”. */
function foldOf(text: string): { part: number; of: number } {
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  if (part === undefined || of === undefined) {
    throw new UsageError('--fold needs K/N, the part that is held back and the number of parts.');
  }
  return { part: Number(part), of: Number(of) };
}

/** “flip,crop=4,rotation=10”. */
function augmentationOf(text: string): Record<string, unknown> {
  const usual: Readonly<Record<string, unknown>> = usualAugmentation;
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', value] = part.split('=').map((word) => word.trim());
      if (!Object.hasOwn(usual, name) || (name === 'flip' && value !== undefined)) {
        throw new UsageError(
          '--augment takes flip, crop, shift, rotation and colour, the last four also with a number (crop=4).',
        );
      }
      const number = value === undefined ? usual[name] : Number(value);
      if (Number.isNaN(number)) {
        throw new UsageError(`--augment ${name} needs a number, and “${value}” is none.`);
      }
      return [name, number];
    }),
  );
}

import { defaultTraining, type Training } from '#graph';
import { type Checkpoint, settingsSchema, type TrainingSettings } from '#train';
import { dataSettingsOf } from './data-options.ts';
import { UsageError } from './io.ts';
import { settingError } from './setting-error.ts';
import { settingOptions } from './train-options.ts';

type Name = keyof typeof settingOptions;
type Switch = 'decoupled' | 'no-shuffle';
type Values = Readonly<
  Partial<Record<Exclude<Name, Switch>, string>> & Partial<Record<Switch, boolean>>
>;

/** What may change in the middle of a run. */
const changeable: ReadonlySet<string> = new Set(['data', 'epochs', 'learning-rate', 'patience']);

/** The command line's settings, else the document's, else the program's. Throws `UsageError`. */
export function settingsOf(training: Partial<Training> = {}, values: Values): TrainingSettings {
  const number = (name: Exclude<Name, Switch>) => numberOf(name, values[name]);
  const given = { ...defaultTraining, ...training };
  return checked(
    {
      ...given,
      optimizer: values.optimizer ?? given.optimizer,
      learningRate: number('learning-rate') ?? given.learningRate,
      momentum: number('momentum') ?? given.momentum,
      weightDecay: number('weight-decay') ?? given.weightDecay,
      l1: number('l1') ?? given.l1,
      decoupled: values.decoupled ?? given.decoupled,
      clipNorm: number('clip-norm') ?? given.clipNorm,
      clipValue: number('clip-value') ?? given.clipValue,
      schedule: values.schedule === undefined ? given.schedule : { type: values.schedule },
      warmUp: number('warm-up') ?? given.warmUp,
      patience: number('patience') ?? given.patience,
      batchSize: number('batch') ?? given.batchSize,
      epochs: number('epochs') ?? given.epochs,
      seed: number('seed') ?? given.seed,
      shuffle: values['no-shuffle'] ? false : given.shuffle,
      engine: values.engine ?? 'auto',
      data: dataSettingsOf(values, given.data),
    },
    values,
  );
}

/** The settings of the run that a checkpoint is from, with what may change on the way. Throws `UsageError`. */
export function resumedSettings(checkpoint: Checkpoint, values: Values): TrainingSettings {
  const fixed = Object.keys(values).find(
    (name) => Object.hasOwn(settingOptions, name) && !changeable.has(name),
  );
  if (fixed !== undefined) {
    throw new UsageError(
      `--${fixed} cannot change in the middle of a run; --epochs, --learning-rate and --patience can.`,
    );
  }
  const { settings, learningRate } = checkpoint;
  return checked(
    {
      ...settings,
      learningRate: numberOf('learning-rate', values['learning-rate']) ?? learningRate,
      epochs: numberOf('epochs', values.epochs) ?? settings.epochs,
      patience: numberOf('patience', values.patience) ?? settings.patience,
    },
    values,
  );
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && !Number.isNaN(value)) return value;
  throw new UsageError(`--${name} needs a number, and “${text}” is none.`);
}

function checked(settings: unknown, values: Values): TrainingSettings {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw settingError(parsed.error, values);
}

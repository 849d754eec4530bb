import { existsSync } from 'node:fs';
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { applyEdit, defaultTraining, type GraphDocument, writeDocument } from '#graph';
import { catalogue } from '#ops';
import {
  parameterEdits,
  type RunEvent,
  type RunHost,
  type RunSummary,
  settingsSchema,
  type TrainingProgress,
  TrainingRun,
  type TrainingSettings,
} from '#train';
import { readArgs } from './args.ts';
import { dataOptions, dataSettingsOf, openData } from './data-options.ts';
import { loadDocument } from './documents.ts';
import { type CommandIo, exitStatus, sentence, UsageError } from './io.ts';

/** Lines of progress in an epoch of about 500 steps. */
const reportSteps = 50;

const options = {
  ...dataOptions,
  epochs: { type: 'string' },
  batch: { type: 'string' },
  optimizer: { type: 'string' },
  'learning-rate': { type: 'string' },
  momentum: { type: 'string' },
  'weight-decay': { type: 'string' },
  'clip-norm': { type: 'string' },
  schedule: { type: 'string' },
  'warm-up': { type: 'string' },
  patience: { type: 'string' },
  seed: { type: 'string' },
  engine: { type: 'string' },
  save: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `gradwire train FILE --data PATH …`: trains the graph on a folder of data and reports every
 * few steps, then once in summary. The same seed and engine give the same numbers.
 */
export async function trainCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, options);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) {
    throw new UsageError('gradwire train takes one FILE.');
  }
  const document = await loadDocument(file);
  const settings = settingsOf(document, values);
  if (values.save !== undefined) await checkWritable(values.save);
  const data = await openData(values.data, settings.data);
  const say = values.json
    ? (event: RunEvent) => jsonLines(event).forEach(io.out)
    : (event: RunEvent) => plainLines(event).forEach(io.out);
  const run = new TrainingRun({
    document,
    registry: catalogue,
    settings,
    data,
    host: nodeHost(),
    reportEvery: { steps: reportSteps },
    report: say,
  });
  const summary = await run.run();
  const failed = summary.phase === 'failed';
  if (failed) io.err(`gradwire train: ${file}: ${sentence(summary.message ?? 'Training failed.')}`);
  if (values.save !== undefined && summary.parameters.size > 0) {
    await save(values.save, document, summary);
  }
  if (values.json) io.out(JSON.stringify({ summary: summaryJson(file, summary) }));
  else if (!failed) io.out(summaryLine(summary));
  return failed ? exitStatus.error : exitStatus.ok;
}

type Values = Partial<Record<Exclude<keyof typeof options, 'json'>, string>>;

/** The command line's settings, else the document's, else the program's. */
function settingsOf({ training }: GraphDocument, values: Values): TrainingSettings {
  const number = (name: keyof Values): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) {
      throw new UsageError(`--${name} needs a number, and “${text}” is none.`);
    }
    return value;
  };
  const given = { ...defaultTraining, ...training };
  const parsed = settingsSchema.safeParse({
    ...given,
    optimizer: values.optimizer ?? given.optimizer,
    learningRate: number('learning-rate') ?? given.learningRate,
    momentum: number('momentum') ?? given.momentum,
    weightDecay: number('weight-decay') ?? given.weightDecay,
    clipNorm: number('clip-norm') ?? given.clipNorm,
    schedule: values.schedule === undefined ? given.schedule : { type: values.schedule },
    warmUp: number('warm-up') ?? given.warmUp,
    patience: number('patience') ?? given.patience,
    batchSize: number('batch') ?? given.batchSize,
    epochs: number('epochs') ?? given.epochs,
    seed: number('seed') ?? given.seed,
    engine: values.engine ?? 'auto',
    data: dataSettingsOf(values, given.data),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`The setting “${issue?.path.join('.')}” is not usable: ${issue?.message}`);
}

function nodeHost(): RunHost {
  return {
    wasmFolder: wasmFolder(),
    now: () => performance.now(),
    rest: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

/** The bundled program has the wasm binaries beside it; run from source, the package has them. */
function wasmFolder(): string | undefined {
  const beside = join(import.meta.dirname, '/');
  return existsSync(join(beside, 'tfjs-backend-wasm.wasm')) ? beside : undefined;
}

function jsonLines(event: RunEvent): string[] {
  if (event.type === 'progress') return [JSON.stringify(event.progress)];
  if (event.type === 'check') return [JSON.stringify({ check: event.check })];
  return [];
}

function plainLines(event: RunEvent): string[] {
  if (event.type === 'progress') return [progressLine(event.progress)];
  if (event.type !== 'check') return [];
  const { engine, difference, where } = event.check;
  return [
    `Engine ${engine}: largest relative difference to the exact trace ${difference.toExponential(1)} (${where}).`,
  ];
}

function progressLine(progress: TrainingProgress): string {
  const { epoch, epochs, step, steps, loss, accuracy, testLoss, testAccuracy } = progress;
  const parts = [`epoch ${epoch}/${epochs}`, `step ${step}/${steps}`, `loss ${loss.toFixed(4)}`];
  if (accuracy !== undefined) parts.push(`accuracy ${percent(accuracy)}`);
  if (testLoss !== undefined) parts.push(`test loss ${testLoss.toFixed(4)}`);
  if (testAccuracy !== undefined) parts.push(`test accuracy ${percent(testAccuracy)}`);
  parts.push(`${Math.round(progress.examplesPerSecond)} examples/s`);
  return parts.join('  ');
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function summaryLine({ steps, seconds, engine, last, best, message }: RunSummary): string {
  const { testAccuracy } = best ?? last ?? {};
  const accuracy = testAccuracy === undefined ? '' : `, test accuracy ${percent(testAccuracy)}`;
  const line = `${steps} steps in ${seconds.toFixed(1)} s on ${engine}${accuracy}.`;
  return message === undefined ? line : `${message}\n${line}`;
}

function summaryJson(file: string, summary: RunSummary) {
  const { phase, message, engine, epochs, steps, examples, seconds, check, last, best } = summary;
  // Of the parameters that are kept.
  const { loss, accuracy, testLoss, testAccuracy } = best ?? last ?? {};
  return {
    file,
    phase,
    message,
    engine,
    epochs,
    steps,
    bestEpoch: best?.epoch,
    examples,
    loss,
    accuracy,
    testLoss,
    testAccuracy,
    checkDifference: check?.difference,
    seconds,
    examplesPerSecond: seconds > 0 ? examples / seconds : undefined,
  };
}

/** Training may take long: better to know before that its result could not be saved. */
async function checkWritable(path: string): Promise<void> {
  try {
    if (existsSync(path)) {
      if (!(await stat(path)).isFile()) throw new Error('not a file');
      await access(path, constants.W_OK);
    } else await access(dirname(resolve(path)), constants.W_OK);
  } catch {
    throw new UsageError(`The file ${path} cannot be written.`);
  }
}

async function save(path: string, document: GraphDocument, summary: RunSummary) {
  const edits = parameterEdits(document, catalogue, summary);
  const trained = edits.reduce((state, edit) => applyEdit(state, edit, catalogue), document);
  await writeFile(path, writeDocument(trained, catalogue));
}

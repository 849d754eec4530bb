import { existsSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { applyEdit, type GraphDocument, writeDocument } from '#graph';
import { catalogue } from '#ops';
import {
  type EngineChoice,
  parameterEdits,
  type RunEvent,
  type RunHost,
  type RunSummary,
  type TrainingProgress,
  TrainingRun,
} from '#train';
import { oneFile, readArgs } from './args.ts';
import { CheckpointFile, readCheckpoint } from './checkpoint-file.ts';
import { openData } from './data-options.ts';
import { loadDocument } from './documents.ts';
import { type CommandIo, exitStatus, sentence, UsageError } from './io.ts';
import { trainOptions } from './train-options.ts';
import { resumedSettings, settingsOf } from './train-settings.ts';
import { reasonOf, writeWhole } from './whole-file.ts';

/** Lines of progress in an epoch of about 500 steps. */
const reportSteps = 50;

/** Milliseconds between two checkpoints. */
const checkpointMilliseconds = 5000;

/**
 * `gradwire train FILE --data PATH …`: trains the graph on a folder of data and reports every
 * few steps, then once in summary. The same seed and engine give the same numbers.
 */
export async function trainCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs('train', args, trainOptions);
  const file = oneFile('train', positionals);
  const document = await loadDocument(file);
  const checkpoint = values.resume === undefined ? undefined : await readCheckpoint(values.resume);
  const settings = checkpoint
    ? resumedSettings(checkpoint, values)
    : settingsOf(document.training, values);
  for (const path of [values.save, values.checkpoint]) {
    if (path !== undefined) await checkWritable(path);
  }
  const data = await openData(values.data, settings.data);
  const kept = values.checkpoint === undefined ? undefined : checkpointFile(values.checkpoint, io);
  const lines = values.json ? jsonLines : plainLines;
  const run = new TrainingRun({
    document,
    registry: catalogue,
    settings,
    checkpoint,
    data: async () => {
      const found = await data();
      // What was left out on reading belongs to neither form of the report.
      for (const note of found.notes ?? []) io.err(`gradwire train: ${note}`);
      return found;
    },
    host: nodeHost(),
    reportEvery: { steps: reportSteps },
    keepEvery: kept && checkpointMilliseconds,
    report: (event) => {
      if (event.type === 'checkpoint') kept?.put(event);
      else lines(event).forEach(io.out);
    },
  });
  const summary = await untilInterrupted(run);
  const failed = summary.phase === 'failed';
  if (failed) io.err(`gradwire train: ${file}: ${sentence(summary.message ?? 'Training failed.')}`);
  const isKept = (await kept?.settled()) ?? true;
  if (values.save !== undefined && summary.parameters.size > 0) {
    await save(values.save, document, summary);
  }
  if (values.json) {
    const about = kept?.step === undefined ? {} : { checkpointStep: kept.step };
    io.out(JSON.stringify({ summary: { ...summaryJson(file, summary), ...about } }, inWords));
  } else if (!failed) io.out(summaryLine(summary));
  return failed || !isKept ? exitStatus.error : exitStatus.ok;
}

function checkpointFile(path: string, io: CommandIo): CheckpointFile {
  return new CheckpointFile(path, (reason) =>
    io.err(
      `gradwire train: The checkpoint ${path} could not be written: ${reason}; the run goes on.`,
    ),
  );
}

/** Ctrl+C ends the run after its current step, with all that belongs to an end; a second time, at once. */
async function untilInterrupted(run: TrainingRun): Promise<RunSummary> {
  const stop = () => run.stop();
  process.once('SIGINT', stop);
  try {
    return await run.run();
  } finally {
    process.off('SIGINT', stop);
  }
}

function nodeHost(): RunHost {
  return {
    wasmFolder: wasmFolder(),
    now: () => performance.now(),
    rest: () => new Promise((resolve) => setImmediate(resolve)),
    memory: () => process.memoryUsage.rss(),
  };
}

/** The bundled program has the wasm binaries beside it; run from source, the package has them. */
function wasmFolder(): string | undefined {
  const beside = join(import.meta.dirname, '/');
  return existsSync(join(beside, 'tfjs-backend-wasm.wasm')) ? beside : undefined;
}

/** JSON has no word for what is not finite. */
const inWords = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

function jsonLines(event: RunEvent): string[] {
  if (event.type === 'progress') return [JSON.stringify(event.progress, inWords)];
  if (event.type === 'engines') return [JSON.stringify({ engines: event.engines })];
  if (event.type === 'check') return [JSON.stringify({ check: event.check })];
  if (event.type === 'norms') return [JSON.stringify({ norms: event.norms })];
  return [];
}

function plainLines(event: RunEvent): string[] {
  if (event.type === 'progress') return [progressLine(event.progress)];
  // What a person should know of a run that begins.
  if (event.type === 'phase' && event.phase === 'running' && event.message) return [event.message];
  if (event.type === 'engines') return enginesLines(event.engines);
  if (event.type !== 'check') return [];
  const { engine, difference, where, magnified } = event.check;
  const why =
    magnified === undefined
      ? ''
      : ' This graph magnifies roundings: the engine “js”, with 64 bits, is exact.';
  return [
    `Engine ${engine}: largest relative difference to the exact trace ${difference.toExponential(1)} (${where}).${why}`,
  ];
}

function enginesLines({ figures, message }: EngineChoice): string[] {
  const found = figures.map(({ engine, milliseconds, device, message: why }) => {
    const speed = milliseconds === undefined ? [] : [`${milliseconds.toPrecision(3)} ms a step`];
    const known = [...speed, ...(device === undefined ? [] : [device])];
    return `${engine}: ${why ?? (known.join(', ') || 'ready')}`;
  });
  return [...(message === undefined ? [] : [message]), ...found];
}

function progressLine(progress: TrainingProgress): string {
  const { epoch, epochs, step, steps, loss, accuracy, testLoss, testAccuracy } = progress;
  const { validationLoss, validationAccuracy, examplesPerSecond, secondsLeft } = progress;
  const parts = [`epoch ${epoch}/${epochs}`, `step ${step}/${steps}`, `loss ${loss.toFixed(4)}`];
  if (accuracy !== undefined) parts.push(`accuracy ${percent(accuracy)}`);
  if (validationLoss !== undefined) parts.push(`validation loss ${validationLoss.toFixed(4)}`);
  if (validationAccuracy !== undefined) {
    parts.push(`validation accuracy ${percent(validationAccuracy)}`);
  }
  if (testLoss !== undefined) parts.push(`test loss ${testLoss.toFixed(4)}`);
  if (testAccuracy !== undefined) parts.push(`test accuracy ${percent(testAccuracy)}`);
  parts.push(`${Math.round(examplesPerSecond)} examples/s`);
  if (step < steps) parts.push(`${timeOf(secondsLeft)} left`);
  return parts.join('  ');
}

const timeOf = (seconds: number) =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function summaryLine({ steps, seconds, engine, last, best, message }: RunSummary): string {
  const { testAccuracy, validationAccuracy } = best ?? last ?? {};
  const accuracy =
    testAccuracy !== undefined
      ? `, test accuracy ${percent(testAccuracy)}`
      : validationAccuracy !== undefined
        ? `, validation accuracy ${percent(validationAccuracy)}`
        : '';
  const line = `${steps} steps in ${seconds.toFixed(1)} s on ${engine}${accuracy}.`;
  return message === undefined ? line : `${message}\n${line}`;
}

function summaryJson(file: string, summary: RunSummary) {
  const { phase, message, engine, epochs, steps, examples, seconds, check, last, best } = summary;
  // Of the parameters that are kept.
  const { loss, accuracy, validationLoss, validationAccuracy, testLoss, testAccuracy } =
    best ?? last ?? {};
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
    validationLoss,
    validationAccuracy,
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
  try {
    await writeWhole(path, writeDocument(trained, catalogue));
  } catch (error) {
    throw new UsageError(`The file ${path} could not be written: ${reasonOf(error)}.`);
  }
}

/** The trainer's side of the protocol: takes orders from one port, trains, and reports. */

import { type DataSet, fullDataSettings, prepareDataSet, readDataSet, readingKey } from '#data';
import { type GraphDocument, readParsed } from '#graph';
import { catalogue } from '#ops';
import {
  buffersOf,
  type DatasetLocation,
  decodeCheckpoint,
  describeIssue,
  Look,
  type RunEvent,
  type RunHost,
  requestSchema,
  type TrainingReport,
  type TrainingRequest,
  TrainingRun,
  type TrainingSettings,
} from '#train';
import { decodePicture } from './decode-picture.ts';
import { fetchSource } from './fetch-source.ts';
import { createRunHost } from './trainer-host.ts';

/** The curve gains nothing from more. */
const reportMilliseconds = 50;
/** At most so much is lost with the trainer. */
const checkpointMilliseconds = 2000;

type Start = Extract<TrainingRequest, { type: 'start' }>;
type LookRequest = Extract<TrainingRequest, { type: 'look' }>;

interface Current {
  readonly runId: string;
  readonly run: TrainingRun;
  readonly over: Promise<unknown>;
}

/**
 * Serves one editor. One run at a time: starting another stops the one before first. Everything that
 * goes wrong is reported as phase `failed`, with a sentence.
 */
export function serveTrainer(port: MessagePort, host: RunHost = createRunHost()): void {
  const data = cachedData();
  let current: Current | undefined;
  let latest: string | undefined;
  let looked: { readonly runId: string; readonly look: Look } | undefined;

  const report = (runId: string, event: RunEvent) => {
    const message: TrainingReport = { ...event, runId };
    port.postMessage(message, buffersIn(message));
  };
  const fail = (runId: string, message: string) =>
    report(runId, { type: 'phase', phase: 'failed', message });

  const start = async ({ runId, document: file, dataset, settings, single, checkpoint }: Start) => {
    latest = runId;
    void looked?.look.close();
    looked = undefined;
    current?.run.stop();
    await current?.over;
    // While that one came to its end, this one may have been stopped, or another asked for.
    if (latest !== runId) return report(runId, { type: 'phase', phase: 'stopped' });
    const document = documentOf(file);
    const run = new TrainingRun({
      document,
      registry: catalogue,
      settings,
      single,
      checkpoint: checkpoint && decodeCheckpoint(checkpoint),
      keepEvery: checkpointMilliseconds,
      host,
      data: () => data(dataset, settings.data),
      reportEvery: { milliseconds: reportMilliseconds },
      report: (event) => report(runId, event),
    });
    const over = run.run().catch((error: unknown) => fail(runId, sentenceOf(error)));
    current = { runId, run, over };
  };

  const look = ({ runId, document: file, dataset, settings }: LookRequest) => {
    void looked?.look.close();
    const made = new Look({
      document: () => documentOf(file),
      registry: catalogue,
      settings,
      host,
      data: () => data(dataset, settings.data),
      told: (told) => report(runId, { type: 'insight', ...told }),
    });
    looked = { runId, look: made };
  };

  const serve = (request: TrainingRequest) => {
    const run = current?.runId === request.runId ? current.run : undefined;
    switch (request.type) {
      case 'start':
        start(request).catch((error: unknown) => fail(request.runId, sentenceOf(error)));
        return;
      case 'pause':
        return run?.pause();
      case 'resume':
        return run?.resume();
      case 'step':
        return run?.step();
      case 'checkpoint':
        return run?.askCheckpoint();
      case 'stop':
        if (latest === request.runId) latest = undefined;
        return run?.stop();
      case 'setLearningRate':
        return run?.setLearningRate(request.learningRate);
      case 'look':
        return look(request);
      case 'inspect':
        if (run) return run.inspect(request.askId, request.ask);
        if (looked?.runId === request.runId) looked.look.ask(request.askId, request.ask);
        return;
    }
  };

  port.onmessage = ({ data: message }: MessageEvent<unknown>) => {
    const parsed = requestSchema.safeParse(message);
    if (parsed.success) serve(parsed.data);
    else
      fail(runIdOf(message), `The trainer was told something odd: ${describeIssue(parsed.error)}.`);
  };
}

/** Throws what damage there is in it. */
function documentOf(file: unknown): GraphDocument {
  const { document, repairs } = readParsed(file, catalogue);
  const [damage] = repairs;
  if (damage) throw damage;
  return document;
}

/** The memory in a message, which may travel with it. */
function buffersIn(message: TrainingReport): ArrayBuffer[] {
  if (message.type === 'insight') return buffersOf(message.answer);
  if (message.type === 'checkpoint') return [message.bytes.buffer];
  if (message.type !== 'parameters') return [];
  return [...message.values, ...message.averages].map(({ data }) => data.buffer);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The run that a message, however malformed, is about. */
function runIdOf(message: unknown): string {
  const isObject = typeof message === 'object' && message !== null;
  const id = isObject && 'runId' in message ? message.runId : undefined;
  return typeof id === 'string' && id !== '' ? id : 'unknown';
}

/** Reads data sets, keeping the last one: the next run mostly wants the same, prepared like that or otherwise. */
function cachedData(): (
  location: DatasetLocation,
  settings: TrainingSettings['data'],
) => Promise<DataSet> {
  let known: { readonly key: string; readonly data: Promise<DataSet> } | undefined;
  return async (location, given) => {
    const settings = fullDataSettings(given);
    const key = JSON.stringify([location, readingKey(settings)]);
    if (known?.key !== key) {
      const made = { key, data: readDataSet(fetchSource(location), settings, { decodePicture }) };
      known = made;
      // What cannot be read now may be readable later.
      made.data.catch(() => {
        if (known === made) known = undefined;
      });
    }
    return prepareDataSet(await known.data, settings);
  };
}

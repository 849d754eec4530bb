import { existsSync } from 'node:fs';
import { join } from 'node:path';
// What the union package of TensorFlow.js does by itself.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { type DataSet, type Field, gatherRows } from '#data';
import { defaultTraining, readParsed } from '#graph';
import { mnist } from '#lessons';
import { catalogue } from '#ops';
import { permutation, seededRandom, startTfjs } from '#tensor';
import { bindData } from '../../src/train/binding.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import { type Bench, benchLine, medians } from './bench-line.ts';

const batchSize = 128;
const examples = 4096;
const pixels = 784;
const hidden = 128;
const classes = 10;
const learningRate = 0.1;

/** Pictures of the size of MNIST's: what they show does not matter to a clock. */
function picturesOfNoise(): DataSet {
  const random = seededRandom(1, 'pictures');
  const values = Uint8Array.from({ length: examples * pixels }, () => random.index(256));
  const labels = Uint8Array.from({ length: examples }, () => random.index(classes));
  const x: Field = { shape: [28, 28, 1], count: examples, values, scale: 1 / 255 };
  const y: Field = { shape: [], count: examples, values: labels, scale: 1, classes };
  return {
    name: 'noise',
    train: new Map([
      ['x', x],
      ['y', y],
    ]),
  };
}

/** The same net with the library's own layers of abstraction: its ops, its gradients, its optimizer. */
function stockStep(data: DataSet): (order: Uint32Array, from: number) => number {
  const w1 = tf.variable(tf.randomNormal([pixels, hidden], 0, Math.sqrt(2 / pixels)));
  const b1 = tf.variable(tf.zeros([hidden]));
  const w2 = tf.variable(tf.randomNormal([hidden, classes], 0, Math.sqrt(2 / hidden)));
  const b2 = tf.variable(tf.zeros([classes]));
  const optimizer = tf.train.sgd(learningRate);
  const { x: images, y: labels } = Object.fromEntries(data.train);
  if (!images || !labels) throw new Error('no data');
  const pictures = new Float32Array(batchSize * pixels);
  const wanted = new Float32Array(batchSize * classes);
  return (order, from) => {
    gatherRows(images, order, from, pictures);
    gatherRows(labels, order, from, wanted, classes);
    const x = tf.tensor2d(pictures, [batchSize, pixels]);
    const y = tf.tensor2d(wanted, [batchSize, classes]);
    const cost = optimizer.minimize(() => {
      const h = tf.relu(tf.add(tf.matMul(x, w1), b1));
      const scores = tf.add(tf.matMul(h, w2), b2);
      return tf.losses.softmaxCrossEntropy(y, scores) as tf.Scalar;
    }, true);
    const [loss = Number.NaN] = cost?.dataSync() ?? [];
    tf.dispose([x, y]);
    cost?.dispose();
    return loss;
  };
}

/**
 * A training step of 784-128-10 on mini-batches of 128: gathering and uploading the examples, forward,
 * backward, update, and reading the loss. Ours against TensorFlow.js as it is used, on one wasm backend.
 */
const bench: Bench = async () => {
  const beside = join(import.meta.dirname, '/');
  const wasmFolder = existsSync(join(beside, 'tfjs-backend-wasm.wasm')) ? beside : undefined;
  const engine = await startTfjs('wasm', { wasmFolder });
  const data = picturesOfNoise();
  const graph = trainableGraph(readParsed(mnist.file, catalogue).document, catalogue);
  const { train } = bindData(graph, data);
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
  const session = new Session(graph, updateRule(defaultTraining), engine, parameters);
  const stock = stockStep(data);
  const order = permutation(examples, seededRandom(2));
  let ours = 0;
  let theirs = 0;
  const next = (count: number) => (count * batchSize) % (examples - batchSize);
  const [our = Number.NaN, their = Number.NaN] = await medians(
    [
      () => {
        const draw = { seed: 0, step: ours };
        const batch = { data: train, order, from: next(ours++), size: batchSize, draw };
        return session.step(batch, learningRate);
      },
      () => stock(order, next(theirs++)),
    ],
    { rounds: 60, warmup: 10 },
  );
  session.dispose();
  return [benchLine('training step, 784-128-10, batch 128, wasm', our, their, 3)];
};

export default bench;

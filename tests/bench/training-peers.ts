import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import convnetjs from 'convnetjs';
import { type DataSet, type Field, gatherRows } from '#data';
import { sizeOf } from '#tensor';
import { classesOf, filterSize, learningRate, type Net } from './training-nets.ts';

/** One training step on the examples `order[from …]`; gives the loss. */
export type Step = (order: Uint32Array, from: number) => number;

function columns({ train }: DataSet): { readonly points: Field; readonly labels: Field } {
  const { x: points, y: labels } = Object.fromEntries(train);
  if (!points || !labels) throw new Error('no data');
  return { points, labels };
}

/** The net with TensorFlow.js as its users write it: its ops, its gradients, its optimizer. */
export async function stockStep(net: Net, data: DataSet, backend: 'wasm' | 'cpu'): Promise<Step> {
  if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend(backend);
  const { input, layers, batchSize } = net;
  const { points, labels } = columns(data);
  const classes = classesOf(net);
  const variables: tf.Variable[] = [];
  const variable = (shape: number[], fan: number) => {
    variables.push(tf.variable(tf.randomNormal(shape, 0, Math.sqrt(2 / fan))));
    variables.push(tf.variable(tf.zeros([shape.at(-1) ?? 1])));
  };
  let shape: readonly number[] = input;
  for (const layer of layers) {
    if (layer.kind === 'conv') {
      const [height = 1, width = 1, channels = 1] = shape;
      variable([filterSize, filterSize, channels, layer.filters], filterSize ** 2 * channels);
      shape = [(height - filterSize + 1) / 2, (width - filterSize + 1) / 2, layer.filters];
    } else {
      variable([sizeOf(shape), layer.units], sizeOf(shape));
      shape = [layer.units];
    }
  }
  const scores = (x: tf.Tensor): tf.Tensor => {
    let value = x;
    layers.forEach((layer, at) => {
      const w = variables[2 * at] as tf.Variable;
      const b = variables[2 * at + 1] as tf.Variable;
      if (layer.kind === 'conv') {
        const z = tf.add(
          tf.conv2d(value as tf.Tensor4D, w as tf.Variable<tf.Rank.R4>, 1, 'valid'),
          b,
        );
        value = tf.maxPool(tf.relu(z) as tf.Tensor4D, 2, 2, 'valid');
        return;
      }
      if (value.rank > 2) value = tf.reshape(value, [batchSize, -1]);
      const z = tf.add(tf.matMul(value as tf.Tensor2D, w as tf.Variable<tf.Rank.R2>), b);
      value = at < layers.length - 1 ? tf.relu(z) : z;
    });
    return value;
  };
  const optimizer = tf.train.sgd(learningRate);
  const given = new Float32Array(batchSize * sizeOf(input));
  const wanted = new Float32Array(batchSize * classes);
  return (order, from) => {
    gatherRows(points, order, from, given);
    gatherRows(labels, order, from, wanted, classes);
    const x = tf.tensor(given, [batchSize, ...input]);
    const y = tf.tensor2d(wanted, [batchSize, classes]);
    const cost = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(y, scores(x)) as tf.Scalar,
      true,
      variables,
    );
    const [loss = Number.NaN] = cost?.dataSync() ?? [];
    tf.dispose([x, y]);
    cost?.dispose();
    return loss;
  };
}

/** The net with ConvNetJS, which takes a mini-batch one example at a time. */
export function convnetStep({ input, layers, batchSize }: Net, data: DataSet): Step {
  const { points, labels } = columns(data);
  const [height = 1, width = 1, depth = 1] = input.length > 1 ? input : [1, 1, input[0]];
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: width, out_sy: height, out_depth: depth },
    ...layers.flatMap((layer, at): object[] => {
      if (layer.kind === 'conv') {
        const { filters } = layer;
        return [
          { type: 'conv', sx: filterSize, filters, stride: 1, pad: 0, activation: 'relu' },
          { type: 'pool', sx: 2, stride: 2 },
        ];
      }
      return at < layers.length - 1
        ? [{ type: 'fc', num_neurons: layer.units, activation: 'relu' }]
        : [{ type: 'softmax', num_classes: layer.units }];
    }),
  ]);
  const trainer = new convnetjs.Trainer(net, {
    method: 'sgd',
    learning_rate: learningRate,
    momentum: 0,
    batch_size: batchSize,
    l2_decay: 0,
  });
  const size = sizeOf(input);
  const volume = new convnetjs.Vol(width, height, depth, 0);
  return (order, from) => {
    let loss = 0;
    for (let at = from; at < from + batchSize; at++) {
      const row = order[at] ?? 0;
      for (let entry = 0; entry < size; entry++) {
        volume.w[entry] = (points.values[row * size + entry] ?? 0) * points.scale;
      }
      loss += trainer.train(volume, labels.values[row] ?? 0).cost_loss;
    }
    return loss / batchSize;
  };
}

/** The median time of a step of the net with PyTorch on one thread; undefined where it is not installed. */
export function pytorchTime({ input, layers, batchSize }: Net): number | undefined {
  const path = join(process.cwd(), 'tests/bench/python/training_step.py');
  const job = { input, layers, batch: batchSize, filter: filterSize, rate: learningRate };
  // Debian's own interpreter is the one that has Debian's packages.
  for (const program of ['/usr/bin/python3', 'python3']) {
    const { status, stdout } = spawnSync(program, [path], {
      input: JSON.stringify(job),
      encoding: 'utf8',
    });
    if (status === 0) return (JSON.parse(stdout) as { ms: number }).ms;
  }
  return undefined;
}

import type { DataSet, Field } from '#data';
import { defaultTraining, readParsed } from '#graph';
import { catalogue } from '#ops';
import { seededRandom, type TensorEngine } from '#tensor';
import { netFile } from '../../src/lessons/training/net.ts';
import type { MiniBatch } from '../../src/train/batches.ts';
import { bindData } from '../../src/train/binding.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { rounded } from '../../src/train/learnt.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';

const side = 10;
const count = 40;

/** A small net with a layer of every kind, trained with Adam: what engines are tried on. */
const file = netFile({
  title: 'whole',
  input: [side, side, 1],
  layers: [
    { kind: 'conv', filters: 4, size: 3, normalized: true, activation: 'relu' },
    { kind: 'pool' },
    { kind: 'residual', filters: 6 },
    { kind: 'pool', op: 'avgPool2d' },
    { kind: 'flatten' },
    { kind: 'dropout', keep: 0.8 },
    { kind: 'dense', units: 3 },
  ],
  loss: 'softmaxCrossEntropy',
  training: { optimizer: 'adam' },
});

function images(): DataSet {
  const random = seededRandom(5, 'images');
  const labels = Float32Array.from({ length: count }, () => random.index(3));
  const values = Float32Array.from(
    { length: count * side * side },
    (_, at) => random.normal() + (labels[Math.floor(at / (side * side))] ?? 0),
  );
  const x: Field = { shape: [side, side, 1], count, values, scale: 1 };
  const y: Field = { shape: [], count, values: labels, scale: 1, classes: 3 };
  const train = new Map([
    ['x', x],
    ['y', y],
  ]);
  return { name: 'images', train };
}

export function wholeNet() {
  const { document } = readParsed(file, catalogue);
  const graph = trainableGraph(document, catalogue);
  const { train } = bindData(graph, images());
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  const rule = updateRule({ ...defaultTraining, ...document.training, clipNorm: 5 });
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, rounded(initial)]));
  const batch = (step: number): MiniBatch => {
    const from = (step * 8) % count;
    return { data: train, order, from, size: 8, draw: { seed: 0, step: step + 1 } };
  };
  const open = (engine: TensorEngine<unknown>) =>
    new Session<unknown>(graph, rule, engine, parameters);
  return { graph, rule, parameters, batch, open };
}

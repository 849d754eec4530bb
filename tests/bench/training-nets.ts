import type { DataSet, Field } from '#data';
import type { GraphDocument } from '#graph';
import { seededRandom, sizeOf } from '#tensor';
import { documentOf } from '../support/training.ts';

/** A layer of a net that is measured; every hidden one is followed by relus. */
export type Layer =
  | { readonly kind: 'dense'; readonly units: number }
  /** 5 × 5 filters without padding, then the largest of every 2 × 2. */
  | { readonly kind: 'conv'; readonly filters: number };

/** A net, and how it is trained: plain gradient descent on softmax cross-entropy. */
export interface Net {
  readonly name: string;
  /** Of one example. */
  readonly input: readonly number[];
  readonly layers: readonly Layer[];
  readonly batchSize: number;
}

export const filterSize = 5;
export const learningRate = 0.1;
export const examples = 4096;

export const nets = {
  a: {
    name: '784-128-10, batch 128',
    input: [784],
    layers: [
      { kind: 'dense', units: 128 },
      { kind: 'dense', units: 10 },
    ],
    batchSize: 128,
  },
  b: {
    name: '3072-100-10, batch 200',
    input: [3072],
    layers: [
      { kind: 'dense', units: 100 },
      { kind: 'dense', units: 10 },
    ],
    batchSize: 200,
  },
  c: {
    name: 'CNN 28×28, batch 64',
    input: [28, 28, 1],
    layers: [
      { kind: 'conv', filters: 8 },
      { kind: 'conv', filters: 16 },
      { kind: 'dense', units: 10 },
    ],
    batchSize: 64,
  },
  d: {
    name: '2-8-2, batch 10',
    input: [2],
    layers: [
      { kind: 'dense', units: 8 },
      { kind: 'dense', units: 2 },
    ],
    batchSize: 10,
  },
} as const satisfies Record<string, Net>;

export function classesOf({ layers }: Net): number {
  const last = layers.at(-1);
  return last?.kind === 'dense' ? last.units : 0;
}

/** Examples of the right size: what they show does not matter to a clock. */
export function noise(net: Net): DataSet {
  const { input } = net;
  const classes = classesOf(net);
  const random = seededRandom(1, 'noise');
  const values = Uint8Array.from({ length: examples * sizeOf(input) }, () => random.index(256));
  const labels = Uint8Array.from({ length: examples }, () => random.index(classes));
  const x: Field = { shape: input, count: examples, values, scale: 1 / 255 };
  const y: Field = { shape: [], count: examples, values: labels, scale: 1, classes };
  return {
    name: 'noise',
    train: new Map([
      ['x', x],
      ['y', y],
    ]),
  };
}

/** The net as a person would draw it. */
export function drawn({ input, layers }: Net): GraphDocument {
  type Node = Parameters<typeof documentOf>[0][number];
  const nodes: Node[] = [
    { id: 'x', op: 'input', attrs: { shape: input, batched: true, field: 'x' } },
    { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
  ];
  const wires: string[] = [];
  let last = 'x';
  let shape = input;
  const then = (id: string, op: string, attrs: Record<string, unknown> = {}, port = 'x') => {
    nodes.push({ id, op, attrs });
    wires.push(`${last} > ${id}.${port}`);
    last = id;
  };
  layers.forEach((layer, at) => {
    const weights = (own: readonly number[]) => {
      nodes.push({ id: `W${at}`, op: 'parameter', attrs: { shape: own, init: { kind: 'he' } } });
      nodes.push({
        id: `b${at}`,
        op: 'parameter',
        attrs: { shape: [own.length > 2 ? own.at(-1) : own[0]] },
      });
      wires.push(`W${at} > z${at}.w`, `b${at} > z${at}.b`);
    };
    if (layer.kind === 'conv') {
      const [height = 1, width = 1, channels = 1] = shape;
      weights([filterSize, filterSize, channels, layer.filters]);
      then(`z${at}`, 'conv2d');
      then(`r${at}`, 'relu');
      then(`p${at}`, 'maxPool2d', { size: 2, stride: 2 });
      const halved = (length: number) => (length - filterSize + 1) / 2;
      shape = [halved(height), halved(width), layer.filters];
      return;
    }
    if (shape.length > 1) {
      then('flat', 'flatten');
      shape = [sizeOf(shape)];
    }
    weights([layer.units, sizeOf(shape)]);
    then(`z${at}`, 'affine');
    shape = [layer.units];
    if (at < layers.length - 1) then(`r${at}`, 'relu');
  });
  then('L', 'softmaxCrossEntropy', {}, 'scores');
  wires.push('y > L.target');
  return documentOf(nodes, wires, 'L');
}

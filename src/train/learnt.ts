import type { NodeId } from '#graph';
import type { NdArray } from '#tensor';
import type { Checkpoint, StoredTensor, StoredTensors } from './checkpoint.ts';
import { firstNotFinite } from './float32.ts';
import type { AverageValues } from './modes.ts';
import { named, names } from './names.ts';

/** Parameters outside of an engine, rounded to float32 as the engines hold them. */
export type ParameterValues = ReadonlyMap<NodeId, NdArray>;

/** All that a graph learns. */
export interface Learnt {
  readonly parameters: ParameterValues;
  readonly averages: AverageValues;
}

export const nothingLearnt: Learnt = { parameters: new Map(), averages: new Map() };

/** Whether every number is one that float32 holds. */
export function isSound({ parameters, averages }: Learnt): boolean {
  const arrays = [
    ...parameters.values(),
    ...[...averages.values()].flatMap(Object.values<NdArray>),
  ];
  return arrays.every(({ data }) => firstNotFinite(data) === undefined);
}

/** For a report: as float32, in memory that may travel with it. */
export function packed({ parameters, averages }: Learnt) {
  const pack = ({ shape, data }: NdArray) => ({
    shape: [...shape],
    data: Float32Array.from(data),
  });
  return {
    values: [...parameters].map(([node, array]) => ({ node, ...pack(array) })),
    averages: [...averages].flatMap(([node, own]) =>
      Object.entries(own).map(([attribute, array]) => ({ node, attribute, ...pack(array) })),
    ),
  };
}

export function rounded({ shape, data }: NdArray): NdArray {
  return { shape, data: Float64Array.from(data, Math.fround) };
}

/** By the programs' names, as a session holds them. */
export function storedLearnt({ parameters, averages }: Learnt): StoredTensors {
  return new Map([
    ...[...parameters].map(([id, array]) => [names.parameter(id), stored(array)] as const),
    ...[...averages].flatMap(([id, own]) =>
      Object.entries(own).map(
        ([attribute, array]) => [names.average(id, attribute), stored(array)] as const,
      ),
    ),
  ]);
}

/** What was stored. */
export function learntOf(tensors: StoredTensors): Learnt {
  const parameters = new Map<NodeId, NdArray>();
  const averages = new Map<NodeId, Readonly<Record<string, NdArray>>>();
  for (const [name, tensor] of tensors) {
    const found = named(name);
    if (found?.kind === 'parameter') parameters.set(found.node, arrayOf(tensor));
    if (found?.kind !== 'average') continue;
    const { node, part } = found;
    averages.set(node, { ...averages.get(node), [part]: arrayOf(tensor) });
  }
  return { parameters, averages };
}

/** What the run of a checkpoint would hand over: its best parameters, where it keeps those, as float32. */
export function checkpointLearnt({ best, state, bestState }: Checkpoint): Learnt {
  return learntOf(best ? bestState : state);
}

const stored = ({ shape, data }: NdArray): StoredTensor => ({
  shape,
  data: Float32Array.from(data),
});

const arrayOf = ({ shape, data }: StoredTensor): NdArray => ({
  shape,
  data: Float64Array.from(data, Math.fround),
});

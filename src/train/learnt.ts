import type { NodeId } from '#graph';
import type { NdArray } from '#tensor';
import { firstNotFinite } from './float32.ts';
import type { AverageValues } from './modes.ts';

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

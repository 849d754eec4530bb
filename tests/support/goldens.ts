import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { fromNested, type NdArray, type Nested } from '#tensor';

/** A value as the goldens write it: the shape of one example, the batch axis first in `data`. */
export interface GoldenValue {
  readonly batched: boolean;
  readonly shape: readonly number[];
  readonly data: Nested;
}

export interface OperationCase {
  readonly name: string;
  readonly op: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, GoldenValue>>;
  readonly upstream: Nested;
  readonly output: GoldenValue;
  readonly gradients: Readonly<Record<string, Nested>>;
}

export interface GraphCase {
  readonly name: string;
  readonly document: { readonly nodes: readonly { readonly op: string }[] };
  readonly expected: {
    readonly loss: number;
    readonly nodes: Readonly<Record<string, Readonly<Record<string, Nested | null>>>>;
    readonly wires: Readonly<Record<string, Readonly<Record<string, Nested | null>>>>;
  };
}

function load(file: string): unknown {
  return JSON.parse(readFileSync(resolve('../shared/goldens', file), 'utf8'));
}

export function operationCases(): readonly OperationCase[] {
  return (load('ops.json') as { cases: OperationCase[] }).cases;
}

export function graphCases(): readonly GraphCase[] {
  return (load('graphs.json') as { graphs: GraphCase[] }).graphs;
}

/** The difference divided by the largest magnitude of the wanted tensor, at least `floor`. */
export function relativeDifference(got: NdArray, wanted: NdArray, floor = 0.1): number {
  let largest = floor;
  let difference = 0;
  wanted.data.forEach((value, at) => {
    const other = got.data[at] ?? Number.NaN;
    if (Object.is(value, other) || value === other) return;
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(
      difference,
      Number.isNaN(value - other) ? Infinity : Math.abs(value - other),
    );
  });
  return difference / largest;
}

/** Same shape, and equal within `tolerance` in the goldens' measure. */
export function expectClose(got: NdArray, wanted: Nested, what: string, tolerance = 1e-9): void {
  const want = fromNested(wanted);
  expect(got.shape, `${what}: shape`).toEqual(want.shape);
  expect(relativeDifference(got, want), what).toBeLessThanOrEqual(tolerance);
}

/** What an optimizer does on a function of x and y: 51 points and the function's values there. */
export interface Trajectory {
  readonly name: string;
  readonly expression: string;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clipNorm: number | null;
  readonly alpha?: number;
  readonly beta?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly nu?: number;
  readonly start: readonly [number, number];
  readonly points: readonly (readonly [number, number])[];
  readonly losses: readonly number[];
}

export function trajectories(): readonly Trajectory[] {
  return (load('optimizers.json') as { trajectories: Trajectory[] }).trajectories;
}

import { nodeName } from '#graph';
import { type MiniBatch, traceBatch } from './check.ts';
import { TrainingError } from './errors.ts';
import type { TrainableGraph } from './graph.ts';
import type { ParameterValues } from './session.ts';

/** Beyond this, float32 holds nothing but infinity. */
const largestFloat32 = 3.4028234663852886e38;

/** Whether every entry can be held by float32. */
export function isFinite32(data: ArrayLike<number>): boolean {
  return firstBad(data) === undefined;
}

function firstBad(data: ArrayLike<number>): number | undefined {
  for (let at = 0; at < data.length; at++) {
    const entry = data[at] as number;
    if (!(Math.abs(entry) <= largestFloat32)) return entry;
  }
  return undefined;
}

/** A mini-batch and the parameters it met. */
export interface Moment {
  readonly batch: MiniBatch;
  readonly parameters: ParameterValues;
}

/**
 * Explains a loss that is NaN or infinite: traces the mini-batch again, exactly, and names the first
 * node that left the range. Where the parameters had left it already, it was a gradient of the step
 * before, and the first node in backward order is named.
 */
export function notFinite(
  graph: TrainableGraph,
  step: number,
  now: Moment,
  before: Moment | undefined,
): TrainingError {
  const spoilt = [...now.parameters.values()].some(({ data }) => !isFinite32(data));
  const found = spoilt && before ? firstGradient(graph, before) : firstValue(graph, now);
  const where = found ? `: ${found.sentence}` : '';
  return new TrainingError(
    'not-finite',
    `The loss left the range of numbers at step ${step}${where}. The last good parameters are kept; a smaller learning rate often helps.`,
    found?.node,
  );
}

function firstValue(graph: TrainableGraph, { batch, parameters }: Moment) {
  const { nodes } = traceBatch(graph, batch, parameters);
  for (const { node } of graph.plan) {
    const { value } = nodes.get(node.id) ?? {};
    const bad = value && firstBad(value.data.data);
    if (bad === undefined) continue;
    const name = nodeName(node, graph.registry);
    return { node: node.id, sentence: `“${name}” was the first to be ${describe(bad)}` };
  }
  return undefined;
}

function firstGradient(graph: TrainableGraph, { batch, parameters }: Moment) {
  const { nodes } = traceBatch(graph, batch, parameters);
  for (const { node } of graph.plan.toReversed()) {
    const { gradient } = nodes.get(node.id) ?? {};
    const bad = gradient ? firstBad(gradient.data.data) : undefined;
    if (bad === undefined) continue;
    const name = nodeName(node, graph.registry);
    return {
      node: node.id,
      sentence: `on the way back the gradient at “${name}” was the first to be ${describe(bad)}`,
    };
  }
  return undefined;
}

function describe(value: number): string {
  return Number.isNaN(value) ? 'not a number (NaN)' : 'infinite';
}

import { nodeName } from '#graph';
import type { MiniBatch } from './batches.ts';
import { traceBatch } from './check.ts';
import { TrainingError } from './errors.ts';
import { firstNotFinite } from './float32.ts';
import type { TrainableGraph } from './graph.ts';
import type { ParameterValues } from './learnt.ts';

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
  const spoilt = [...now.parameters.values()].some(
    ({ data }) => firstNotFinite(data) !== undefined,
  );
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
    const bad = value && firstNotFinite(value.data.data);
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
    const bad = gradient ? firstNotFinite(gradient.data.data) : undefined;
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

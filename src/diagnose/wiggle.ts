import { type NodeId, planOf } from '#graph';
import type { Registry } from '#ops';
import type { ArrayValue } from '#tensor';
import type { Trace } from '#trace';
import { Perturbation, type Place } from './perturbation.ts';

/** A change of one value: what its gradient promises for the objective, and what comes of it. */
export interface Wiggle {
  readonly change: number;
  /** gradient · change: the linear approximation. */
  readonly predicted: number;
  /** The objective (seed included) after the change, less what it was. */
  readonly actual: number;
  /** actual − predicted, or exactly 0 where nothing but rounding lies between them. */
  readonly error: number;
}

/**
 * The objective's answer to a change of the number at `place`, computed anew for each change from what
 * lies behind it. Undefined where there is no single number, or no gradient.
 */
export function wiggle(
  traced: Trace,
  registry: Registry,
  place: Place,
): ((change: number) => Wiggle) | undefined {
  const { document, loss } = traced;
  const at = place.kind === 'wire' ? traced.wires.get(place.wire) : traced.nodes.get(place.node);
  const slope = at?.gradient?.data.data[0];
  if (!document.loss || loss === undefined || slope === undefined) return undefined;
  if (at?.value?.shape.length !== 0 || at.value.data.data.length !== 1) return undefined;
  const values = new Map<NodeId, ArrayValue>();
  for (const [id, { value }] of traced.nodes) if (value) values.set(id, value);
  const plan = planOf(document, registry, (id) => values.has(id));
  const { node, seed } = document.loss;
  const objective = new Perturbation(plan, values, node, seed).objective(place, 0);
  const before = objective(0);
  const noise = 16 * Number.EPSILON * Math.abs(before);
  return (change) => {
    const predicted = slope * change;
    const actual = objective(change) - before;
    const error = actual - predicted;
    const rounding = noise + 1e-12 * Math.max(Math.abs(predicted), Math.abs(actual));
    return { change, predicted, actual, error: Math.abs(error) <= rounding ? 0 : error };
  };
}

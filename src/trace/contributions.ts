import { indexOf, type WireId } from '#graph';
import type { Registry } from '#ops';
import { type ArrayValue, filled } from '#tensor';
import { ruleAt } from './rule-at.ts';
import type { Trace } from './trace.ts';

/** What each example of the batch adds to the gradient of a value that all of them share. */
export interface ExampleContributions {
  /** How many examples there are. */
  readonly examples: number;
  /** Those of the first examples, each in the form of the wire's gradient. */
  readonly parts: readonly ArrayValue[];
}

/**
 * The parts of the sum over the examples, before they are summed: the backward rule is linear in the
 * upstream gradient, so each part is what it gives where only that example's upstream is left and all
 * others are 0. At most `most` of them are computed. Null where the wire's gradient is no such sum.
 */
export function exampleContributions(
  trace: Trace,
  registry: Registry,
  wire: WireId,
  most = Number.POSITIVE_INFINITY,
): ExampleContributions | null {
  const { upstream, gradient } = trace.wires.get(wire) ?? {};
  if (!upstream?.batched || !gradient || gradient.batched) return null;
  const rule = ruleAt(trace, registry, wire);
  if (!rule) return null;
  const examples = upstream.data.shape[0] ?? 1;
  const size = upstream.data.data.length / examples;
  const parts: ArrayValue[] = [];
  for (let example = 0; example < Math.min(examples, most); example++) {
    const data = filled(upstream.data.shape, 0);
    const [start, end] = [example * size, (example + 1) * size];
    data.data.set(upstream.data.data.subarray(start, end), start);
    const part = rule.backward({ ...upstream, data });
    if (!part) return null;
    parts.push(part);
  }
  return { examples, parts };
}

/** What one of several wires that leave an output adds to its total gradient. */
export interface WireContribution {
  readonly wire: WireId;
  readonly gradient: ArrayValue;
}

/** The contributions of all wires that leave the same output as this one, in the order they were drawn. */
export function wireContributions(trace: Trace, wire: WireId): readonly WireContribution[] {
  const { wires, outgoing } = indexOf(trace.document);
  const from = wires.get(wire)?.from.node;
  return (from === undefined ? [] : (outgoing.get(from) ?? [])).flatMap(({ id }) => {
    const gradient = trace.wires.get(id)?.gradient;
    return gradient ? [{ wire: id, gradient }] : [];
  });
}

import { type GraphDocument, indexOf, type NodeId, planOf, type WireId } from '#graph';
import type { Registry } from '#ops';
import { type ArrayValue, seededRandom } from '#tensor';
import { type Trace, trace } from '#trace';
import { Perturbation, type Place } from './perturbation.ts';
import { compareSlope, type SlopeVerdict } from './slope.ts';

/** The verdict on one wire, or on the total at a node that several wires leave. */
export interface GradientCheck {
  readonly place: Place;
  /** The worst of its entries. */
  readonly verdict: SlopeVerdict;
  readonly analytic: number;
  readonly numeric: number;
  /** |analytic − numeric| over the largest magnitude on this wire (floor: see slope.ts). */
  readonly difference: number;
  /** Which entry of the value is meant, row-major. */
  readonly entry: number;
  readonly checked: number;
  readonly entries: number;
}

export interface CheckReport {
  readonly trace: Trace;
  readonly checks: readonly GradientCheck[];
  /** No gradient disagrees with its central difference. */
  readonly passed: boolean;
}

export interface CheckOptions {
  /** At most so many entries of each value are wiggled, chosen by a seed. */
  readonly entriesPerWire?: number;
  readonly feeds?: ReadonlyMap<NodeId, ArrayValue>;
  /** Only these wires and nodes. */
  readonly only?: (place: Place) => boolean;
}

/**
 * Compares every gradient of a graph with central differences in float64. A kink within reach (max
 * on a tie, ReLU at 0) is reported as such, not as a mismatch.
 */
export function checkGradients(
  document: GraphDocument,
  registry: Registry,
  options: CheckOptions = {},
): CheckReport {
  const { feeds } = options;
  const traced = trace(document, registry, feeds ? { feeds } : {});
  const checks = [...gradientChecks(traced, registry, options)];
  return {
    trace: traced,
    checks,
    passed: checks.every(({ verdict }) => verdict !== 'mismatch'),
  };
}

/** The same one place after another, for whoever wants to show them as they come. */
export function* gradientChecks(
  traced: Trace,
  registry: Registry,
  { entriesPerWire = 100, only = () => true }: Omit<CheckOptions, 'feeds'> = {},
): Generator<GradientCheck> {
  const { document } = traced;
  const { loss } = document;
  if (!loss || traced.loss === undefined) return;
  const values = new Map<NodeId, ArrayValue>();
  for (const [id, { value }] of traced.nodes) if (value) values.set(id, value);
  const plan = planOf(document, registry, (id) => values.has(id));
  const perturbation = new Perturbation(plan, values, loss.node, loss.seed);
  const scale = Math.abs(traced.loss * loss.seed);
  const slopeAt = ({ place, value, gradient }: Checkable, entry: number) => {
    const largest = gradient.data.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return compareSlope(
      perturbation.objective(place, entry),
      gradient.data.data[entry] ?? 0,
      value.data.data[entry] ?? 0,
      { largest, scale },
    );
  };
  const all = places(document, traced);
  for (const checkable of all) {
    const { place, value } = checkable;
    if (!only(place)) continue;
    const entries = value.data.data.length;
    const chosen = sample(entries, entriesPerWire);
    const results = chosen.map((entry) => {
      const slope = slopeAt(checkable, entry);
      // The kinks of several wires may bend the sum the same way on both sides: then it looks smooth, and is none.
      const bent =
        slope.verdict === 'mismatch' &&
        partsOf(all, place).some((part) => slopeAt(part, entry).verdict === 'kink');
      return { entry, ...slope, ...(bent ? { verdict: 'kink' as const } : {}) };
    });
    const [first, ...rest] = results;
    if (!first) continue;
    const worst = rest.reduce((a, b) => (checkRank(b) > checkRank(a) ? b : a), first);
    yield { place, ...worst, checked: chosen.length, entries };
  }
}

interface Checkable {
  readonly place: Place;
  readonly value: ArrayValue;
  readonly gradient: ArrayValue;
}

/** The wires whose gradients a node's is the sum of. */
function partsOf(all: readonly Checkable[], place: Place): readonly Checkable[] {
  if (place.kind !== 'node') return [];
  return all.filter((part) => part.place.kind === 'wire' && part.place.from === place.node);
}

/** Every wire with a gradient, and every node whose wires' gradients are summed. */
function places(document: GraphDocument, { nodes, wires }: Trace): Checkable[] {
  const { outgoing } = indexOf(document);
  const result: Checkable[] = [];
  for (const { id, from, to } of document.wires) {
    const { value, gradient } = wires.get(id) ?? {};
    if (!value || !gradient) continue;
    const place = { kind: 'wire', wire: id, from: from.node, to: to.node } as const;
    result.push({ place, value, gradient });
  }
  for (const { id } of document.nodes) {
    const { value, gradient } = nodes.get(id) ?? {};
    const carrying = (outgoing.get(id) ?? []).filter((wire) => passes(wires, wire.id));
    if (!value || !gradient || carrying.length < 2) continue;
    // Where some wire leads to a class index, wiggling the node would wiggle the index too.
    if (carrying.length < (outgoing.get(id)?.length ?? 0)) continue;
    result.push({ place: { kind: 'node', node: id }, value, gradient });
  }
  return result;
}

function passes(wires: Trace['wires'], wire: WireId): boolean {
  return Boolean(wires.get(wire)?.gradient);
}

/** All entries, or a seeded choice of them. */
function sample(entries: number, most: number): number[] {
  if (entries <= most) return Array.from({ length: entries }, (_, entry) => entry);
  const random = seededRandom(entries, 'gradient check');
  const chosen = new Set<number>();
  while (chosen.size < most) chosen.add(random.index(entries));
  return [...chosen];
}

/** How bad a comparison is: what disagrees first, then what could not be compared, then by difference. */
export function checkRank({
  verdict,
  difference,
}: Pick<GradientCheck, 'verdict' | 'difference'>): number {
  const rank = { agrees: 0, kink: 1e6, 'not-finite': 2e6, mismatch: 3e6 }[verdict];
  return rank + Math.min(Number.isNaN(difference) ? 1e5 : difference, 1e5);
}

import { indexOf, type WireId } from '#graph';
import type { Registry } from '#ops';
import { jacobian } from './jacobian.ts';
import { type RuleAt, ruleAt } from './rule-at.ts';
import type { Trace } from './trace.ts';

/** A way that a router can send the upstream gradient. */
export type Way =
  /** All of it to one of two inputs, named by its port. */
  | { readonly kind: 'input'; readonly port: string; readonly wire: WireId }
  /** To both inputs, a part each. */
  | { readonly kind: 'split' }
  /** Through the one input: all of it, a part of it, or none. */
  | { readonly kind: 'whole' | 'part' | 'nothing' }
  /** All of it to one entry of the input, counted row-major from 0. */
  | { readonly kind: 'entry'; readonly at: number };

/** The ways a router has, and which of them it goes. */
export interface Directions {
  readonly ways: readonly Way[];
  /** The place in `ways`. */
  readonly right: number;
}

/** Among so many entries one can be chosen by a key from 1 to 9. */
const mostEntries = 9;

/**
 * Which way the gradient goes back through the router that a wire enters: max and min to one of their
 * inputs (on a tie as their policy says), the ReLU family through or not, the largest or the selected entry
 * to one entry. Read off the local gradient, so it is told even where the upstream gradient is 0.
 * Null where the gate is no router, or has more outputs or entries than one can point at.
 */
export function directionsOf(trace: Trace, registry: Registry, wire: WireId): Directions | null {
  const rule = ruleAt(trace, registry, wire);
  if (rule?.operation.nickname !== 'router' || !trace.wires.get(wire)?.gradient) return null;
  const { input, output, port } = rule;
  const entries = input.data.data.length;
  if (output.data.data.length !== 1 || entries > mostEntries) return null;
  const local = jacobian(trace, registry, wire)?.matrix.data;
  if (!local) return null;
  if (entries > 1) return port === 'x' ? toEntry(local) : null;
  const slope = local[0] ?? Number.NaN;
  const inputs = inputsOf(trace, rule);
  if (inputs) return toInput(inputs, port, slope);
  return port === 'x' ? through(slope) : null;
}

/** Both inputs of a router that chooses between two; undefined for one that has another. */
function inputsOf({ document }: Trace, { node, inputs }: RuleAt): readonly Way[] | undefined {
  const incoming = indexOf(document).incoming.get(node.id);
  const [a, b] = [incoming?.get('a'), incoming?.get('b')];
  if (!a || !b || Object.keys(inputs).length !== 2) return undefined;
  return [
    { kind: 'input', port: 'a', wire: a.id },
    { kind: 'input', port: 'b', wire: b.id },
  ];
}

function toInput(inputs: readonly Way[], port: string, slope: number): Directions {
  const own = port === 'a' ? 0 : 1;
  const right = slope === 1 ? own : slope === 0 ? 1 - own : 2;
  return { ways: [...inputs, { kind: 'split' }], right };
}

function through(slope: number): Directions {
  const right = slope === 1 ? 0 : slope === 0 ? 2 : 1;
  return { ways: [{ kind: 'whole' }, { kind: 'part' }, { kind: 'nothing' }], right };
}

function toEntry(local: Float64Array): Directions | null {
  const reached = [...local].flatMap((slope, at) => (slope === 0 ? [] : [at]));
  const [right] = reached;
  if (right === undefined || reached.length > 1) return null;
  return { ways: [...local].map((_, at) => ({ kind: 'entry', at })), right };
}

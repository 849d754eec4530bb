import type { NodeId, WireId } from '#graph';
import type { TraceStep } from './steps.ts';

/** What can be seen once steps 0 … `at` have been played. */
export interface FilmState {
  /** Nodes whose value is known. */
  readonly values: ReadonlySet<NodeId>;
  /** Wires whose gradient is known. */
  readonly gradients: ReadonlySet<WireId>;
  /** Nodes whose total gradient is known. */
  readonly totals: ReadonlySet<NodeId>;
  /** Wires on which something moves at step `at`. */
  readonly activeWires: ReadonlySet<WireId>;
  readonly activeNode: NodeId | undefined;
  readonly direction: 'forward' | 'backward';
}

/** The film's state at a step; `at` = −1 is before it begins. */
export function filmAt(steps: readonly TraceStep[], at: number): FilmState {
  const values = new Set<NodeId>();
  const gradients = new Set<WireId>();
  const totals = new Set<NodeId>();
  for (const step of steps.slice(0, at + 1)) {
    switch (step.kind) {
      case 'given':
        for (const node of step.nodes) values.add(node);
        break;
      case 'forward':
        values.add(step.node);
        break;
      case 'seed':
      case 'sum':
        totals.add(step.node);
        break;
      case 'upstream':
        // Whoever passes a gradient on has received all of its own.
        totals.add(step.node);
        break;
      case 'product':
        gradients.add(step.wire);
        break;
      case 'local':
      case 'stop':
        break;
    }
  }
  const step = steps[at];
  return {
    values,
    gradients,
    totals,
    activeWires: new Set(step ? activeWires(step) : []),
    activeNode: step && step.kind !== 'given' ? step.node : undefined,
    direction: step && step.kind !== 'given' && step.kind !== 'forward' ? 'backward' : 'forward',
  };
}

function activeWires(step: TraceStep): readonly WireId[] {
  switch (step.kind) {
    case 'given':
    case 'seed':
    // What arrives lies on the wires that leave the node, and was drawn there before.
    case 'upstream':
      return [];
    case 'forward':
    case 'sum':
      return step.wires;
    default:
      return [step.wire];
  }
}

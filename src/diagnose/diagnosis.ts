import { type GraphNode, indexOf, type NodeId, nodeName, type WireId } from '#graph';
import type { ArrayValue } from '#tensor';
import type { Trace } from '#trace';

export type DiagnosisCode =
  | 'not-finite'
  | 'float32-overflow'
  | 'saturated'
  | 'dead-relu'
  | 'gradient-died'
  | 'one-signed'
  | 'squared-error-after-squashing'
  | 'linear-layers'
  | 'activated-scores'
  | 'no-gradient'
  | 'vanishing'
  | 'exploding'
  | 'warned';

/** Something worth knowing about a running graph: where, why in one sentence, and what to try. */
export interface Diagnosis {
  readonly code: DiagnosisCode;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly node: NodeId;
  readonly why: string;
  /** What to try; empty where `why` says that already. */
  readonly advice: string;
}

/** What a diagnosis looks at, with the questions they all ask. */
export class Patient {
  readonly trace: Trace;

  constructor(trace: Trace) {
    this.trace = trace;
  }

  get nodes(): readonly GraphNode[] {
    return this.trace.document.nodes;
  }

  node(id: NodeId): GraphNode | undefined {
    return indexOf(this.trace.document).nodes.get(id);
  }

  name(node: GraphNode): string {
    return nodeName(node);
  }

  value(id: NodeId): ArrayValue | undefined {
    return this.trace.nodes.get(id)?.value;
  }

  /** The total gradient at a node's output. */
  gradient(id: NodeId): ArrayValue | undefined {
    return this.trace.nodes.get(id)?.gradient ?? undefined;
  }

  wireGradient(id: WireId): ArrayValue | undefined {
    return this.trace.wires.get(id)?.gradient ?? undefined;
  }

  /** The node whose value arrives at an input port. */
  input(node: GraphNode, port: string): GraphNode | undefined {
    const wire = indexOf(this.trace.document).incoming.get(node.id)?.get(port);
    return wire && this.node(wire.from.node);
  }

  inputs(node: GraphNode): GraphNode[] {
    const wires = indexOf(this.trace.document).incoming.get(node.id)?.values() ?? [];
    return [...wires].flatMap(({ from }) => this.node(from.node) ?? []);
  }

  /** The nearest node before a port that computes something: identities, dropout and reshaping are looked through. */
  behind(node: GraphNode, port: string): GraphNode | undefined {
    let found = this.input(node, port);
    while (found && transparent.has(found.op)) found = this.input(found, 'x');
    return found;
  }
}

const transparent = new Set(['identity', 'dropout', 'reshape', 'flatten']);

/** How many entries hold. */
export function count(value: ArrayValue, holds: (entry: number) => boolean): number {
  let found = 0;
  for (const entry of value.data.data) if (holds(entry)) found++;
  return found;
}

export function every(value: ArrayValue, holds: (entry: number) => boolean): boolean {
  return value.data.data.every(holds);
}

/** √(mean of the squares). */
export function rootMeanSquare(value: ArrayValue): number {
  const { data } = value.data;
  return Math.sqrt(data.reduce((total, entry) => total + entry * entry, 0) / data.length);
}

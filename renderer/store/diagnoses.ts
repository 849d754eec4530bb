import { type Diagnosis, diagnose } from '#diagnose';
import type { NodeId } from '#graph';
import type { Trace } from '#trace';
import type { EditorStore } from './store.ts';

interface Diagnoses {
  readonly all: readonly Diagnosis[];
  readonly at: ReadonlyMap<NodeId, readonly Diagnosis[]>;
}

/** By the trace's own numbers: moving a node changes none. */
const known = new WeakMap<Trace['nodes'], Diagnoses>();
const nothing: readonly Diagnosis[] = [];

/** What is worth knowing about the numbers on the screen. */
export function diagnosesOf({
  trace,
  registry,
}: Pick<EditorStore, 'trace' | 'registry'>): Diagnoses {
  const made = known.get(trace.nodes);
  if (made) return made;
  const all = diagnose(trace, registry);
  const at = new Map<NodeId, Diagnosis[]>();
  for (const diagnosis of all)
    at.set(diagnosis.node, [...(at.get(diagnosis.node) ?? []), diagnosis]);
  const diagnoses = { all, at };
  known.set(trace.nodes, diagnoses);
  return diagnoses;
}

/** Those to be shown now: a film gives nothing away before its end. */
export function shownDiagnoses(state: EditorStore): readonly Diagnosis[] {
  return isTold(state) ? diagnosesOf(state).all : nothing;
}

/** Those at one node. */
export function diagnosesAt(state: EditorStore, id: NodeId): readonly Diagnosis[] {
  return (isTold(state) && diagnosesOf(state).at.get(id)) || nothing;
}

function isTold({ workspace, film, trace, quiz, replicas }: EditorStore): boolean {
  // A “dead ReLU” would be half the answer; and a zero of one replica is no zero of the graph.
  if (quiz || replicas) return false;
  return workspace === 'build' || (workspace === 'trace' && film.at >= trace.steps.length - 1);
}

import { indexOf, type WireId } from '#graph';
import {
  type EditorStore,
  quizHides,
  quizHidesTotal,
  quizHidesUpstream,
  subjectOf,
} from '../store/index.ts';

/** How much of a wire's story the film has told: first upstream arrives, then local lights up, then their product. */
export function knownFactors(state: EditorStore, id: WireId): 0 | 1 | 2 | 3 {
  const { workspace, film, trace, quiz } = state;
  // The story of an answered wire names its upstream gradient, which may be asked for itself.
  if (quiz) return quizHides(state, id) || quizHidesUpstream(state, id) ? 0 : 3;
  if (workspace !== 'trace' || film.shown.gradients.has(id)) return 3;
  if (trace.wires.get(id)?.gradient === null) return 3;
  const step = trace.steps[film.at];
  if (!step || !('wire' in step) || step.wire !== id) return 0;
  return step.kind === 'local' ? 2 : 1;
}

/** Whether the total at the wire's start is told: the sum over all wires that leave there. */
export function totalTold(state: EditorStore, id: WireId): boolean {
  const { workspace, film, quiz, trace } = state;
  const { wires, outgoing } = indexOf(trace.document);
  const from = wires.get(id)?.from.node;
  if (from === undefined) return false;
  if (quiz) return !quizHidesTotal(state, from);
  if (workspace !== 'trace' || film.shown.totals.has(from)) return true;
  // A source's total has no step of its own: it is known once all its wires are.
  return (outgoing.get(from) ?? []).every((wire) => knownFactors(state, wire.id) === 3);
}

/** The wire whose story is asked for: the selected one, else the one the film is on. */
export function storyWire(state: EditorStore): WireId | undefined {
  const subject = subjectOf(state.selection);
  if (subject.kind === 'wire') return subject.id;
  const { workspace, trace, film, quiz } = state;
  const step = trace.steps[film.at];
  if (subject.kind !== 'none' || quiz || workspace !== 'trace') return undefined;
  return step && 'wire' in step ? step.wire : undefined;
}

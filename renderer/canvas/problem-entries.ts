import type { Diagnosis } from '#diagnose';
import { indexOf, type NodeId } from '#graph';
import { awaitsData, type EditorApi, type EditorStore, shownDiagnoses } from '../store/index.ts';
import { commanding } from '../strings/en-commands.ts';
import type { Show } from './use-show.ts';

export interface ProblemEntry {
  readonly key: string;
  readonly severity: Diagnosis['severity'];
  readonly why: string;
  readonly advice: string;
  readonly node: NodeId | undefined;
}

/** By trace and by diagnoses: the same list as long as neither changes. */
const known = new WeakMap<
  EditorStore['trace'],
  { readonly of: readonly Diagnosis[]; readonly entries: readonly ProblemEntry[] }
>();

/** What keeps the graph from being computed, then what is worth knowing about its numbers. */
export function problemsOf(state: EditorStore): readonly ProblemEntry[] {
  const { trace } = state;
  const diagnoses = shownDiagnoses(state);
  const made = known.get(trace);
  if (made?.of === diagnoses) return made.entries;
  const { nodes } = indexOf(trace.document);
  const errors = trace.errors.filter(
    (error) => !awaitsData(error.node && nodes.get(error.node), error),
  );
  const entries = [
    ...errors.map(({ message, node }, at) => ({
      key: `error ${at}`,
      severity: 'error' as const,
      why: message,
      advice: '',
      node,
    })),
    ...diagnoses.map((diagnosis) => ({
      ...diagnosis,
      key: `${diagnosis.code} ${diagnosis.node}`,
    })),
  ];
  known.set(trace, { of: diagnoses, entries });
  return entries;
}

/** Goes to the next or previous problem from the node that is selected; why not, as one sentence. */
export function showProblem(store: EditorApi, show: Show, step: 1 | -1): string | undefined {
  const state = store.getState();
  const placed = problemsOf(state).filter(({ node }) => node !== undefined);
  const [selected] = state.selection.nodes;
  const now = placed.findIndex(({ node }) => node === selected);
  const start = now < 0 && step < 0 ? 0 : now;
  const next = placed[(start + step + placed.length) % placed.length];
  if (next?.node === undefined) return commanding.noProblem;
  show.showNode(next.node);
  state.announce(next.why);
  return undefined;
}

import { type GraphNode, indexOf, type NodeId, type WireId } from '#graph';
import { scalar } from '#tensor';
import { wireWidth } from '../format/magnitude.ts';
import { isSingle, singleNumber } from '../format/tensors.ts';
import { type EditorStore, quizHides, quizHidesTotal } from '../store/index.ts';

/** What the canvas shows of a node or wire now: everything while building, else what the film has reached. */

export function nodeOf({ trace }: EditorStore, id: NodeId): GraphNode | undefined {
  return indexOf(trace.document).nodes.get(id);
}

export function showsValue({ workspace, film, quiz }: EditorStore, id: NodeId): boolean {
  return quiz !== null || workspace !== 'trace' || film.shown.values.has(id);
}

export function showsTotal(state: EditorStore, id: NodeId): boolean {
  const { workspace, film, quiz } = state;
  if (quiz) return !quizHidesTotal(state, id);
  return workspace !== 'trace' || film.shown.totals.has(id);
}

export function showsGradient(state: EditorStore, id: WireId): boolean {
  const { workspace, film, quiz } = state;
  if (quiz) return !quizHides(state, id);
  return workspace !== 'trace' || film.shown.gradients.has(id);
}

export type Activity =
  | 'idle'
  /** The film is here, going forward or backward. */
  | 'forward'
  | 'backward';

export function nodeActivity({ workspace, film, quiz }: EditorStore, id: NodeId): Activity {
  if (quiz || workspace !== 'trace' || film.shown.activeNode !== id) return 'idle';
  return film.shown.direction;
}

/** How thick a wire is drawn: by its gradient, before that is known by its value; undefined while nothing is. */
export function widthOf(state: EditorStore, id: WireId, from: NodeId): number | undefined {
  const traced = state.workspace === 'train' ? undefined : state.trace.wires.get(id);
  if (!traced?.value) return undefined;
  if (traced.gradient && showsGradient(state, id)) return wireWidth(traced.gradient);
  if (traced.gradient === null && state.workspace !== 'trace') return wireWidth(nothing);
  return showsValue(state, from) ? wireWidth(traced.value) : undefined;
}

/** What comes back where no gradient passes. */
const nothing = { batched: false, shape: [], data: scalar(0) };

/** The two numbers that multiply on a wire while its local gradient lights up; nothing else has its numbers there. */
export function factorsOn(
  { workspace, film, trace, quiz }: EditorStore,
  id: WireId,
): { readonly local: number; readonly upstream: number } | undefined {
  const step = trace.steps[film.at];
  if (quiz || workspace !== 'trace' || step?.kind !== 'local' || step.wire !== id) return undefined;
  const traced = trace.wires.get(id);
  const local = traced?.local();
  if (local?.kind !== 'elementwise' || !isSingle(local.value)) return undefined;
  if (!traced?.upstream || !isSingle(traced.upstream)) return undefined;
  return { local: singleNumber(local.value), upstream: singleNumber(traced.upstream) };
}

/** How a wire is drawn. */
export type WireLook =
  | 'quiet'
  | 'pending'
  | 'forward-done'
  | 'backward-done'
  | 'forward'
  /** What it brought arrives at the gate it leaves. */
  | 'upstream'
  | 'local'
  | 'product'
  | 'sum'
  | 'stop';

export function wireLook(state: EditorStore, id: WireId, from: NodeId): WireLook {
  if (state.quiz || state.workspace !== 'trace') return 'quiet';
  const { film, trace } = state;
  const step = trace.steps[film.at];
  if (step && film.shown.activeWires.has(id) && step.kind !== 'given' && step.kind !== 'seed') {
    return step.kind;
  }
  const arrives = step?.kind === 'upstream' && step.node === from;
  if (film.shown.gradients.has(id)) return arrives ? 'upstream' : 'backward-done';
  return film.shown.values.has(from) ? 'forward-done' : 'pending';
}

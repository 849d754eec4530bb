import { type GraphNode, indexOf, type NodeId, type WireId } from '#graph';
import { scalar } from '#tensor';
import { wireWidth } from '../format/magnitude.ts';
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

/** How a wire is drawn. */
export type WireLook =
  | 'quiet'
  | 'pending'
  | 'forward-done'
  | 'backward-done'
  | 'forward'
  | 'upstream'
  | 'local'
  | 'product'
  | 'sum'
  | 'stop';

export function wireLook(state: EditorStore, id: WireId, from: NodeId): WireLook {
  if (state.quiz || state.workspace !== 'trace') return 'quiet';
  const { film, trace } = state;
  if (film.shown.activeWires.has(id)) {
    const step = trace.steps[film.at];
    if (step && step.kind !== 'given' && step.kind !== 'seed') return step.kind;
  }
  if (film.shown.gradients.has(id)) return 'backward-done';
  return film.shown.values.has(from) ? 'forward-done' : 'pending';
}

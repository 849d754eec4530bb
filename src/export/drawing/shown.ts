import type { NodeId, WireId } from '#graph';
import { type FilmState, filmAt, type Trace, type TraceStep } from '#trace';

/** What of a trace a picture shows: everything, or what the film has reached at a step. */
export interface Shown {
  /** Whether values and gradients are drawn at all. */
  readonly values: boolean;
  readonly gradients: boolean;
  readonly film: FilmState | undefined;
  readonly step: TraceStep | undefined;
}

/** How a wire is drawn; see the canvas. */
export type WireLook =
  | 'quiet'
  | 'pending'
  | 'forward-done'
  | 'backward-done'
  | Exclude<TraceStep['kind'], 'given' | 'seed'>;

/** @param step counted from 0; undefined shows everything, as when a graph is built */
export function shownAt(
  { steps }: Trace,
  step: number | undefined,
  values: boolean,
  gradients: boolean,
): Shown {
  if (step === undefined) return { values, gradients, film: undefined, step: undefined };
  return { values, gradients, film: filmAt(steps, step), step: steps[step] };
}

export function wireLook({ film, step }: Shown, id: WireId, from: NodeId): WireLook {
  if (!film) return 'quiet';
  if (step && film.activeWires.has(id) && step.kind !== 'given' && step.kind !== 'seed') {
    return step.kind;
  }
  const arrives = step?.kind === 'upstream' && step.node === from;
  if (film.gradients.has(id)) return arrives ? 'upstream' : 'backward-done';
  return film.values.has(from) ? 'forward-done' : 'pending';
}

export function knowsValue({ film }: Shown, id: NodeId): boolean {
  return !film || film.values.has(id);
}

export function knowsTotal({ film }: Shown, id: NodeId): boolean {
  return !film || film.totals.has(id);
}

export function knowsGradient({ film }: Shown, id: WireId): boolean {
  return !film || film.gradients.has(id);
}

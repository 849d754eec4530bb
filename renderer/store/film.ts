import { type FilmState, filmAt, type Trace, type TraceStep } from '#trace';

/** Where the film stands. Its script is the trace's. */
export interface Film {
  /** The step that is shown; −1 is before the first. */
  readonly at: number;
  readonly playing: boolean;
  /** 1 is the normal pace. */
  readonly speed: number;
  /** What can be seen at that step. */
  readonly shown: FilmState;
}

export function filmOf(trace: Trace, at: number, rest: { playing: boolean; speed: number }): Film {
  const last = trace.steps.length - 1;
  const step = Math.max(-1, Math.min(at, last));
  return { ...rest, at: step, shown: filmAt(trace.steps, step) };
}

/**
 * The film after an edit. Where the script stayed the same (a number was changed), it stays at its
 * step and shows the new numbers; else it goes back to the start.
 */
export function filmAfterEdit(film: Film, before: Trace, after: Trace): Film {
  if (before.steps === after.steps) return film;
  if (sameScript(before.steps, after.steps)) return filmOf(after, film.at, film);
  return filmOf(after, -1, { playing: false, speed: film.speed });
}

function sameScript(a: readonly TraceStep[], b: readonly TraceStep[]): boolean {
  return a.length === b.length && a.every((step, at) => keyOf(step) === keyOf(b[at]));
}

function keyOf(step: TraceStep | undefined): string {
  return JSON.stringify(step);
}
